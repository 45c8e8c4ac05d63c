import type { Country } from '../country.ts'
import { japaneseTrades } from '../trades.ts'
import { romanised } from '../word.ts'

export const japan: Country = {
  name: 'Japan',
  team: 'Asia Pacific',
  weight: 24,
  currency: 'USD',
  utcOffset: 9,
  women: romanised(`
    陽子 yoko, 美咲 misaki, 由美 yumi, さくら sakura, 恵子 keiko, 結衣 yui, 直子 naoko, 真理子 mariko
  `),
  men: romanised(`
    健太 kenta, 大輔 daisuke, 翔 sho, 隆 takashi, 浩二 koji, 誠 makoto, 拓也 takuya, 一郎 ichiro
  `),
  families: romanised(`
    佐藤 sato, 鈴木 suzuki, 高橋 takahashi, 田中 tanaka, 伊藤 ito, 渡辺 watanabe, 山本 yamamoto, 中村 nakamura,
    小林 kobayashi, 加藤 kato, 吉田 yoshida, 松本 matsumoto
  `),
  salutations: { woman: '様', man: '様' },
  brands: romanised(`
    青空 aozora, 桜井 sakurai, 富士見 fujimi, 北斗 hokuto, 日向 hinata, 松風 matsukaze, 東洋 toyo, 銀河 ginga,
    みどり midori
  `),
  trades: japaneseTrades,
  legalForms: ['株式会社', '合同会社'],
  nameCompany: ({ brand, trade, legalForm }) => `${legalForm}${brand}${trade}`,
  places: [
    { city: '東京', state: '東京都', postalCode: '100-0###', phone: '+81 3 5550 ####' },
    { city: '大阪', state: '大阪府', postalCode: '530-0###', phone: '+81 6 5550 ####' },
    { city: '名古屋', state: '愛知県', postalCode: '450-0###', phone: '+81 52 555 ####' },
    { city: '福岡', state: '福岡県', postalCode: '810-0###', phone: '+81 92 555 ####' },
  ],
  streets: ['丸の内#-#-#', '梅田#-##-#', '栄#-#-##', '天神#-#-##'],
  taxNumber: 'T#############',
}
