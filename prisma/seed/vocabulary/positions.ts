/** A place in a company, from the top. */
export interface Position {
  readonly title: string
  readonly department: string
}

/** Who decides: the first contact of a company, whom others report to. */
export const leadingPositions: readonly Position[] = [
  { title: 'Managing director', department: 'Management' },
  { title: 'Chief operating officer', department: 'Operations' },
  { title: 'Chief technology officer', department: 'Technology' },
  { title: 'Head of purchasing', department: 'Purchasing' },
  { title: 'Head of facilities', department: 'Facilities' },
]

export const positions: readonly Position[] = [
  { title: 'Buyer', department: 'Purchasing' },
  { title: 'Energy manager', department: 'Facilities' },
  { title: 'Facility manager', department: 'Facilities' },
  { title: 'Financial controller', department: 'Finance' },
  { title: 'IT administrator', department: 'Technology' },
  { title: 'Maintenance engineer', department: 'Operations' },
  { title: 'Plant manager', department: 'Operations' },
  { title: 'Quality manager', department: 'Quality' },
  { title: 'Systems architect', department: 'Technology' },
]
