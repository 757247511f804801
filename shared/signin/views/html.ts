import { isWebAddress } from './web-address.ts'

const markup = Symbol('markup')

/** Text that is known to be markup; only this file can make one. */
export interface Html {
  readonly [markup]: string
}

export type HtmlValue = string | Html | readonly Html[] | undefined

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => entities[character] ?? character)

const urlPosition = /\s(?:href|action|formaction|src)="$/
const unquotedPosition = /=\s*$/

function render(value: HtmlValue): string {
  if (value === undefined) return ''
  if (typeof value === 'string') return escapeHtml(value)
  return markup in value ? value[markup] : value.map(render).join('')
}

/** Where the browser would follow a value, what is no web address leads nowhere. */
function renderAfter(literal: string, value: HtmlValue): string {
  if (unquotedPosition.test(literal)) {
    throw new TypeError(`an attribute value without quotation marks after ${literal.slice(-40)}`)
  }
  if (!urlPosition.test(literal)) return render(value)
  return typeof value === 'string' && isWebAddress(value) ? escapeHtml(value) : 'about:invalid'
}

/**
 * Builds markup from a template: the literal parts are ours, every value is escaped by where it stands.
 *
 * A value may stand in text, in a quoted attribute and in a quoted URL attribute; `undefined` renders
 * as nothing. There is no value that switches escaping off but another template.
 */
export function html(literals: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  const [first = '', ...rest] = literals
  const tail = rest.map((after, index) => {
    const before = literals[index] ?? ''
    return renderAfter(before, values[index]) + after
  })
  return { [markup]: first + tail.join('') }
}

/** Takes a constant of this folder as it is: a stylesheet, a script, a drawing. Never a value that came in. */
export const verbatim = (constant: string): Html => ({ [markup]: constant })

/** The finished text, to be sent. */
export const textOf = (content: Html): string => content[markup]
