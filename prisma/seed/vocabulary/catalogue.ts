/** What the sample's company sells: sensors, and what is made of their readings. */
export interface CatalogueItem {
  readonly sku: string
  readonly name: string
  readonly category: 'Sensors' | 'Gateways' | 'Software' | 'Services'
  /** List price in US dollars. */
  readonly price: number
  /** How many a company of a hundred people takes. */
  readonly usualQuantity: number
  readonly description: string
  /** @default true */
  readonly isActive?: boolean
}

export const catalogue: readonly CatalogueItem[] = [
  ...sensors(),
  {
    sku: 'GTW-200',
    name: 'Gateway 200',
    category: 'Gateways',
    price: 420,
    usualQuantity: 3,
    description: 'Collects the readings of up to 50 sensors and sends them on by Ethernet.',
  },
  {
    sku: 'GTW-400',
    name: 'Gateway 400',
    category: 'Gateways',
    price: 890,
    usualQuantity: 2,
    description: 'Collects the readings of up to 400 sensors; Ethernet and LTE, buffers for a week.',
  },
  {
    sku: 'GTW-450X',
    name: 'Gateway 450 Outdoor',
    category: 'Gateways',
    price: 1_340,
    usualQuantity: 2,
    description: 'Gateway 400 in a weatherproof case, for poles and roofs.',
  },
  {
    sku: 'SFT-STD',
    name: 'Insight Standard',
    category: 'Software',
    price: 1_800,
    usualQuantity: 2,
    description: 'Dashboards and alarms, for one site and one year.',
  },
  {
    sku: 'SFT-PRO',
    name: 'Insight Professional',
    category: 'Software',
    price: 4_600,
    usualQuantity: 2,
    description: 'Insight Standard with forecasts, reports and an API, for one site and one year.',
  },
  {
    sku: 'SFT-ENT',
    name: 'Insight Enterprise',
    category: 'Software',
    price: 24_000,
    usualQuantity: 1,
    description: 'Insight Professional for any number of sites, with single sign-on, for one year.',
  },
  {
    sku: 'SRV-INST',
    name: 'Installation day',
    category: 'Services',
    price: 1_150,
    usualQuantity: 3,
    description: 'A technician on site for a day.',
  },
  {
    sku: 'SRV-TRN',
    name: 'Training day',
    category: 'Services',
    price: 980,
    usualQuantity: 1,
    description: 'A day of training for up to twelve people, on site or by video.',
  },
  {
    sku: 'SRV-CARE',
    name: 'Care plan',
    category: 'Services',
    price: 2_400,
    usualQuantity: 1,
    description: 'Support by telephone and replacement within a working day, for one year.',
  },
]

function sensors(): readonly CatalogueItem[] {
  const category = 'Sensors'
  return [
    {
      sku: 'SEN-T10',
      name: 'Temperature sensor T10',
      category,
      price: 49,
      usualQuantity: 60,
      description: 'Measures -40 to 85 °C, runs five years on a battery.',
    },
    {
      sku: 'SEN-TH20',
      name: 'Climate sensor TH20',
      category,
      price: 79,
      usualQuantity: 40,
      description: 'Temperature and humidity, calibrated, with a display.',
    },
    {
      sku: 'SEN-AQ30',
      name: 'Air quality sensor AQ30',
      category,
      price: 189,
      usualQuantity: 15,
      description: 'Carbon dioxide, fine dust and volatile compounds.',
    },
    {
      sku: 'SEN-VB40',
      name: 'Vibration sensor VB40',
      category,
      price: 265,
      usualQuantity: 12,
      description: 'Three axes up to 6 kHz, for bearings and motors.',
    },
    {
      sku: 'SEN-PW50',
      name: 'Power meter PW50',
      category,
      price: 139.5,
      usualQuantity: 10,
      description: 'Three phases, clamps up to 250 A, on a DIN rail.',
    },
    {
      sku: 'SEN-T05',
      name: 'Temperature sensor T05',
      category,
      price: 39,
      usualQuantity: 60,
      description: 'Succeeded by the T10.',
      isActive: false,
    },
  ]
}
