/** What salespeople write down after a call or a visit. */
export const noteTexts: readonly { readonly title: string; readonly body: string }[] = [
  {
    title: 'After the call',
    body: 'They measure by hand twice a day and lose half an hour each time. Whoever decides wants to see it running for a month first.',
  },
  {
    title: 'Visit to the site',
    body: 'Two halls, one of them with thick walls: one gateway more than planned. The network cupboard is locked; the key is at the porter.',
  },
  {
    title: 'Who decides',
    body: 'Above 20,000 the management board signs, which meets in the first week of a month. Below, the head of production does.',
  },
  {
    title: 'Invoices',
    body: 'They want one invoice a quarter, with their order number on it, as a PDF.',
  },
  {
    title: 'What they use today',
    body: 'Readers of another make, bought eight years ago, whose maker sells no spare parts any more.',
  },
  {
    title: 'Budget',
    body: 'This year’s is spent. They plan the next one in October and ask for an estimate by then.',
  },
  {
    title: 'Training',
    body: 'Four people on two shifts are to be trained; a recording would do for the night shift.',
  },
]
