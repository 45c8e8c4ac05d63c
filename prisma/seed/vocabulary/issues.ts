import type { CaseType, Sentiment } from '../../../src/generated/prisma/enums.ts'

/** What customers write about; `%` is a product. */
export const subjects: Readonly<Record<CaseType, readonly string[]>> = {
  QUESTION: [
    'How many sensors does one % take?',
    'Where is the serial number of %?',
    'May % be mounted outdoors?',
    'How long are readings of % kept?',
    'Certificate of calibration for %',
  ],
  INCIDENT: [
    '% does not start any more',
    'No readings from % since this morning',
    '% loses its connection every night',
    'Alarms of % arrive an hour late',
    '% shows -40 °C all the time',
  ],
  PROBLEM: ['Readings of % drift since the last update', '% loses readings when the clocks change'],
  FEATURE_REQUEST: ['Alarms of % by telephone', 'Export of readings of % to our ERP', '% in our colours'],
  COMPLAINT: ['% arrived with a broken case', 'Third failure of % this quarter', 'Invoice for % is wrong'],
}

/** What is said to customers first, later, and at last. */
export const replies = {
  first: [
    'Thank you for letting us know. We look into it today.',
    'Thank you. Could you send us the serial number and the log?',
    'We have seen this before and will come back to you with a time.',
  ],
  later: ['We have found the cause and are testing the correction.', 'A replacement is on its way to you.'],
} as const

/** What colleagues tell each other. */
export const remarks = [
  'Same firmware as last month; ask the workshop before promising anything.',
  'Called twice, nobody picks up before ten.',
  'The gateway was behind a firewall that nobody had mentioned.',
] as const

export const resolutions = [
  'Firmware updated, readings are back.',
  'Device replaced under warranty.',
  'Explained on the telephone, manual sent.',
  'Alarm rules corrected together with the customer.',
] as const

/** Why cases go to somebody higher up. */
export const escalationReasons = [
  'Production stands still at the customer.',
  'The customer threatens to cancel the care plan.',
] as const

export const rejectionReasons = [
  'The device is not one of ours.',
  'Out of warranty; a quote was sent.',
] as const

/** What customers write about how they were served. */
export const opinions: Readonly<Record<Sentiment, readonly string[]>> = {
  POSITIVE: ['Fast and friendly, thank you!', 'Solved on the telephone.', 'Very competent.'],
  NEUTRAL: ['It works again.', 'All right, though we had to ask twice.'],
  NEGATIVE: ['It took far too long.', 'We had to explain it to three people.'],
}
