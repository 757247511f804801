/** What a document declares, and what it needs before it can work. */
const kinds = [
  'tenants',
  'signing keys',
  'sealing keys',
  'users',
  'groups',
  'memberships',
  'clients',
  'resource servers',
  'trusted issuers',
  'initial access tokens',
] as const

export type Kind = (typeof kinds)[number]

export const outcomes = ['created', 'updated', 'unchanged'] as const

export type Outcome = (typeof outcomes)[number]

/** What became of one thing. */
export interface Applied {
  readonly kind: Kind
  readonly outcome: Outcome
}

export type Report = Readonly<Record<Kind, Readonly<Record<Outcome, number>>>>

const countsOf = (outcomesOfKind: readonly Outcome[]): Report[Kind] => {
  const count = (outcome: Outcome) => outcomesOfKind.filter((each) => each === outcome).length
  return { created: count('created'), updated: count('updated'), unchanged: count('unchanged') }
}

/** Counts what became of everything, by kind. */
export function reportOf(applied: readonly Applied[]): Report {
  const counts = (wanted: Kind) =>
    countsOf(applied.filter(({ kind }) => kind === wanted).map(({ outcome }) => outcome))
  return {
    tenants: counts('tenants'),
    'signing keys': counts('signing keys'),
    'sealing keys': counts('sealing keys'),
    users: counts('users'),
    groups: counts('groups'),
    memberships: counts('memberships'),
    clients: counts('clients'),
    'resource servers': counts('resource servers'),
    'trusted issuers': counts('trusted issuers'),
    'initial access tokens': counts('initial access tokens'),
  }
}

const renderCounts = (counts: Report[Kind]): string =>
  outcomes
    .filter((outcome) => counts[outcome] > 0)
    .map((outcome) => `${counts[outcome]} ${outcome}`)
    .join(', ')

/** One line for each kind that the document has anything of. */
export const renderReport = (report: Report): string =>
  kinds
    .map((kind) => ({ kind, text: renderCounts(report[kind]) }))
    .filter(({ text }) => text !== '')
    .map(({ kind, text }) => `${kind}: ${text}`)
    .join('\n')
