import type { Country } from '../country.ts'
import { chineseTrades } from '../trades.ts'
import { romanised } from '../word.ts'

export const china: Country = {
  name: 'China',
  team: 'Greater China',
  weight: 38,
  currency: 'CNY',
  utcOffset: 8,
  women: romanised(`
    芳 fang, 娜 na, 敏 min, 静 jing, 丽 li, 艳 yan, 娟 juan, 秀英 xiuying, 雪梅 xuemei, 婷婷 tingting, 欣怡 xinyi,
    雨桐 yutong
  `),
  men: romanised(`
    伟 wei, 强 qiang, 磊 lei, 军 jun, 洋 yang, 勇 yong, 杰 jie, 涛 tao, 建国 jianguo, 志强 zhiqiang, 浩然 haoran,
    子轩 zixuan
  `),
  families: romanised(`
    王 wang, 李 li, 张 zhang, 刘 liu, 陈 chen, 杨 yang, 赵 zhao, 黄 huang, 周 zhou, 吴 wu, 徐 xu, 孙 sun, 马 ma,
    朱 zhu, 林 lin, 欧阳 ouyang
  `),
  salutations: { woman: '女士', man: '先生' },
  brands: romanised(`
    星河 xinghe, 华兴 huaxing, 瑞丰 ruifeng, 天宇 tianyu, 金桥 jinqiao, 海蓝 hailan, 博远 boyuan, 盛世 shengshi,
    云帆 yunfan, 恒信 hengxin, 长青 changqing, 明德 mingde
  `),
  trades: chineseTrades,
  legalForms: ['有限公司', '股份有限公司'],
  nameCompany: ({ city, brand, trade, legalForm }) => `${city}${brand}${trade}${legalForm}`,
  places: [
    { city: '北京', state: '北京市', postalCode: '1000##', phone: '+86 10 5550 ####' },
    { city: '上海', state: '上海市', postalCode: '2000##', phone: '+86 21 5550 ####' },
    { city: '深圳', state: '广东省', postalCode: '5180##', phone: '+86 755 5550 ####' },
    { city: '杭州', state: '浙江省', postalCode: '3100##', phone: '+86 571 5550 ####' },
    { city: '成都', state: '四川省', postalCode: '6100##', phone: '+86 28 5550 ####' },
  ],
  streets: ['中关村大街##号', '人民路###号', '建国门外大街##号', '滨江大道####号', '天府三街##号'],
  taxNumber: '9111########MA##X',
}
