import { latin, romanised, type Word } from './word.ts'

export const industries = [
  'agriculture',
  'construction',
  'education',
  'energy',
  'financial services',
  'food and beverages',
  'health care',
  'hospitality',
  'logistics',
  'manufacturing',
  'retail',
  'software',
] as const

export type Industry = (typeof industries)[number]

/** The words by which companies' names say what they do. */
export type Trades = Readonly<Record<Industry, readonly Word[]>>

export const englishTrades: Trades = {
  agriculture: latin('Farms, Orchards'),
  construction: latin('Builders, Construction'),
  education: latin('Academy, Learning'),
  energy: latin('Energy, Solar'),
  'financial services': latin('Capital, Insurance'),
  'food and beverages': latin('Foods, Coffee Roasters'),
  'health care': latin('Clinics, Medical'),
  hospitality: latin('Hotels, Resorts'),
  logistics: latin('Freight, Logistics'),
  manufacturing: latin('Manufacturing, Precision Parts'),
  retail: latin('Outfitters, Stores'),
  software: latin('Labs, Software'),
}

export const germanTrades: Trades = {
  agriculture: latin('Agrar, Saatgut'),
  construction: latin('Bau, Hochbau'),
  education: latin('Akademie, Bildung'),
  energy: latin('Energie, Wärmetechnik'),
  'financial services': latin('Finanz, Versicherung'),
  'food and beverages': latin('Brauerei, Lebensmittel'),
  'health care': latin('Kliniken, Medizintechnik'),
  hospitality: latin('Gasthäuser, Hotels'),
  logistics: latin('Logistik, Spedition'),
  manufacturing: latin('Maschinenbau, Präzisionsteile'),
  retail: latin('Handel, Möbelhäuser'),
  software: latin('Informatik, Software'),
}

export const frenchTrades: Trades = {
  agriculture: latin('Semences, Vignobles'),
  construction: latin('Bâtiment, Construction'),
  education: latin('École, Formation'),
  energy: latin('Énergie, Solaire'),
  'financial services': latin('Assurances, Finance'),
  'food and beverages': latin('Boulangeries, Fromageries'),
  'health care': latin('Cliniques, Santé'),
  hospitality: latin('Hôtels, Voyages'),
  logistics: latin('Logistique, Transports'),
  manufacturing: latin('Industrie, Mécanique'),
  retail: latin('Distribution, Maison'),
  software: latin('Informatique, Logiciels'),
}

export const portugueseTrades: Trades = {
  agriculture: latin('Agrícola, Fazendas'),
  construction: latin('Construções, Engenharia'),
  education: latin('Educação, Ensino'),
  energy: latin('Energia, Solar'),
  'financial services': latin('Investimentos, Seguros'),
  'food and beverages': latin('Alimentos, Cafés'),
  'health care': latin('Hospitais, Saúde'),
  hospitality: latin('Hotéis, Pousadas'),
  logistics: latin('Logística, Transportes'),
  manufacturing: latin('Indústria, Metalúrgica'),
  retail: latin('Comércio, Lojas'),
  software: latin('Sistemas, Tecnologia'),
}

export const chineseTrades: Trades = {
  agriculture: romanised('农业 nongye, 种业 zhongye'),
  construction: romanised('建设 jianshe, 建筑 jianzhu'),
  education: romanised('教育 jiaoyu, 培训 peixun'),
  energy: romanised('能源 nengyuan, 光伏 guangfu'),
  'financial services': romanised('投资 touzi, 保险 baoxian'),
  'food and beverages': romanised('食品 shipin, 茶业 chaye'),
  'health care': romanised('医疗 yiliao, 医药 yiyao'),
  hospitality: romanised('酒店 jiudian, 旅游 lvyou'),
  logistics: romanised('物流 wuliu, 供应链 gongyinglian'),
  manufacturing: romanised('机械 jixie, 精密制造 jingmi'),
  retail: romanised('商贸 shangmao, 百货 baihuo'),
  software: romanised('科技 keji, 软件 ruanjian'),
}

export const japaneseTrades: Trades = {
  agriculture: romanised('農産 nosan, 農園 noen'),
  construction: romanised('建設 kensetsu, 工務店 komuten'),
  education: romanised('学院 gakuin, 教育 kyoiku'),
  energy: romanised('電力 denryoku, エナジー energy'),
  'financial services': romanised('保険 hoken, 証券 shoken'),
  'food and beverages': romanised('食品 shokuhin, 酒造 shuzo'),
  'health care': romanised('製薬 seiyaku, 医療 iryo'),
  hospitality: romanised('観光 kanko, ホテル hotel'),
  logistics: romanised('運輸 unyu, 物流 butsuryu'),
  manufacturing: romanised('精機 seiki, 製作所 seisakusho'),
  retail: romanised('商店 shoten, 百貨店 hyakkaten'),
  software: romanised('システム system, 情報 joho'),
}
