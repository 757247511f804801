import listed from '../docs/specifications.json' with { type: 'json' }

/** A document that the code may cite, and the places in it that exist. */
export interface Specification {
  readonly id: string
  /** How test titles call it. */
  readonly name: string
  readonly title: string
  /** Link of each known place, by what a test title says of it: `section 4.6`, `appendix A.1`. */
  readonly places: ReadonlyMap<string, string>
}

interface Listed {
  readonly id: string
  readonly name?: string
  readonly title: string
  readonly url: string
  readonly sections?: string
  readonly appendices?: string
  readonly anchors?: Readonly<Record<string, string>>
  readonly pages?: readonly string[]
}

/** `4.1-4.3` is `4.1`, `4.2` and `4.3`: the last number counts. */
function expandRange(range: string): string[] {
  const [first = '', last = first] = range.split('-')
  const stem = first.slice(0, first.lastIndexOf('.') + 1)
  const [from, to] = [first, last].map((text) => Number(text.slice(stem.length)))
  if (from === undefined || to === undefined || first === last) return [first]
  return Array.from({ length: to - from + 1 }, (_, index) => `${stem}${from + index}`)
}

const expand = (ranges: string | undefined): string[] =>
  (ranges ?? '').split(' ').filter(Boolean).flatMap(expandRange)

function placesOf({ url, sections, appendices, anchors, pages }: Listed): [string, string][] {
  return [
    ...expand(sections).map((n): [string, string] => [`section ${n}`, `${url}#section-${n}`]),
    ...expand(appendices).map((n): [string, string] => [`appendix ${n}`, `${url}#appendix-${n}`]),
    ...Object.entries(anchors ?? {}).map(([anchor, n]): [string, string] => [
      `section ${n}`,
      `${url}#${anchor}`,
    ]),
    ...(pages ?? []).map((page): [string, string] => [page, `${url}${page}`]),
  ]
}

export const specifications: readonly Specification[] = listed.documents.map(
  (document: Listed) => ({
    id: document.id,
    name: document.name ?? document.id,
    title: document.title,
    places: new Map(placesOf(document)),
  }),
)

/** A place in a document that somebody cites. */
export interface Citation {
  readonly specification: Specification
  readonly place: string
}

const byLink: ReadonlyMap<string, Citation> = new Map(
  specifications.flatMap((specification) =>
    [...specification.places].map(([place, link]): [string, Citation] => [
      link,
      { specification, place },
    ]),
  ),
)

/** The place that a full link leads to, or `undefined` when nobody has vouched for it. */
export const citationOfLink = (link: string): Citation | undefined => byLink.get(link)

/** The place that an error's `spec`, such as `rfc6749#section-5.2`, means. */
export function citationOfReference(reference: string): Citation | undefined {
  const [id, fragment] = reference.split('#')
  const specification = specifications.find((candidate) => candidate.id === id)
  const found = [...(specification?.places ?? [])].find(([, link]) => link.endsWith(`#${fragment}`))
  return found && byLink.get(found[1])
}

/** Places that are known and places that are not, the latter as `document section n`. */
interface Places {
  readonly known: readonly Citation[]
  readonly unknown: readonly string[]
}

const numbers = /^ (section|appendix) ([\dA-Z][\d.]*\d|[\dA-Z])((?:(?:,| and) [\dA-Z][\d.]*)*)/

/** What a test title says it protects; it may name several documents: `rfc1 section 2 and rfc3 section 4`. */
export function placesInTitle(title: string): Places {
  const specification = specifications.find(({ name }) =>
    numbers.test(afterName(title, name) ?? ''),
  )
  const rest = specification && afterName(title, specification.name)
  const cited = numbers.exec(rest ?? '')
  if (!specification || !rest || !cited) return { known: [], unknown: [] }
  const [all, kind, first, more = ''] = cited
  const places = [first, ...more.split(/, | and /)].filter(Boolean).map((n) => `${kind} ${n}`)
  const isKnown = (place: string) => specification.places.has(place)
  const others = placesInTitle(rest.slice(all.length).replace(/^ and /, ''))
  const unknown = places.filter((place) => !isKnown(place))
  return {
    known: [...places.filter(isKnown).map((place) => ({ specification, place })), ...others.known],
    unknown: [...unknown.map((place) => `${specification.name} ${place}`), ...others.unknown],
  }
}

const afterName = (title: string, name: string): string | undefined =>
  title.toLowerCase().startsWith(name) ? title.slice(name.length) : undefined
