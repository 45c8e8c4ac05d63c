/** Who sells, region by region. */
export const teams = [
  { name: 'Americas', description: 'Sells in North and South America, from Chicago.' },
  { name: 'Europe', description: 'Sells in Europe, from Berlin.' },
  { name: 'Asia Pacific', description: 'Sells in Japan, India and Australia, from Tokyo.' },
  { name: 'Greater China', description: '负责大中华区销售。Sells in China, from Beijing.' },
] as const

export type TeamName = (typeof teams)[number]['name']

export interface Colleague {
  readonly name: string
  /** The part of the e-mail address before the `@`. */
  readonly mailbox: string
  readonly team: TeamName
}

/** One for each team. */
export const regionalManagers: readonly Colleague[] = [
  { name: 'Grace Whitfield', mailbox: 'grace', team: 'Americas' },
  { name: 'Katrin Schäfer', mailbox: 'katrin', team: 'Europe' },
  { name: '田中 由紀', mailbox: 'yuki', team: 'Asia Pacific' },
  { name: '陈晓明', mailbox: 'xiaoming', team: 'Greater China' },
]

export const accountExecutives: readonly Colleague[] = [
  { name: 'Marcus Bell', mailbox: 'marcus', team: 'Americas' },
  { name: 'Sofía Ramírez', mailbox: 'sofia', team: 'Americas' },
  { name: "Liam O'Connor", mailbox: 'liam', team: 'Americas' },
  { name: 'Élise Moreau', mailbox: 'elise', team: 'Europe' },
  { name: 'Tomasz Nowak', mailbox: 'tomasz', team: 'Europe' },
  { name: 'Priya Raman', mailbox: 'priya', team: 'Asia Pacific' },
  { name: '刘洋', mailbox: 'liuyang', team: 'Greater China' },
  { name: '赵敏', mailbox: 'zhaomin', team: 'Greater China' },
]
