/** A letter of plain text to one person. */
export interface Mail {
  readonly from: string
  readonly to: string
  readonly subject: string
  readonly text: string
}

/**
 * Hands letters over to be delivered.
 *
 * Never throws: nothing rests on a letter that may be lost on its way all the same.
 */
export interface Mailer {
  send(mail: Mail): Promise<void>
}
