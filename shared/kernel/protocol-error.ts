/** Document and section, such as `rfc6749#section-5.2`. */
export type SpecRef = `${string}#${string}`

interface Facts {
  readonly code: string
  readonly status: number
  readonly spec: SpecRef
}

/** RFC 6749 section 5.2: printable ASCII without the quotation mark and the backslash. */
const descriptionCharacters = /^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/

/**
 * The refusal of a request: what the caller may know in `code`, `status` and `message`, the rest in `cause`.
 *
 * `rule` names the broken rule for the log and the audit; it is never sent to the caller.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-5.2
 * @throws TypeError when the description holds a character the wire does not allow
 */
export class ProtocolError extends Error implements Facts {
  readonly code: string
  readonly status: number
  readonly spec: SpecRef
  readonly rule: string

  constructor(facts: Facts, rule: string, description: string, cause?: unknown) {
    if (!descriptionCharacters.test(description)) {
      throw new TypeError(`not allowed in an error_description: ${description}`)
    }
    super(description, { cause })
    this.name = 'ProtocolError'
    this.code = facts.code
    this.status = facts.status
    this.spec = facts.spec
    this.rule = rule
  }
}

/** Makes the constructor of one protocol error; the protocols' tables of errors are lists of these. */
export const defineError =
  (facts: Facts) =>
  (rule: string, description: string, cause?: unknown): ProtocolError =>
    new ProtocolError(facts, rule, description, cause)
