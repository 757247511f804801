import type { Locale } from '../texts/locale.ts'

/** What is sent: the document, and the header without which it must not be sent. */
export interface Page {
  readonly html: string
  readonly contentSecurityPolicy: string
}

export interface PageContext {
  readonly tenantName: string
  readonly locale: Locale
}
