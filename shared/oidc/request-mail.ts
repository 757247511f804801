import { catalogues, type Placeholder, type TextKey } from '#shared/signin/texts/catalogue.ts'
import type { Locale } from '#shared/signin/texts/locale.ts'
import { partsOf } from '#shared/signin/texts/message.ts'

/** What a person is told of a request that waits. */
export interface RequestMailFacts {
  readonly clientName: string
  readonly tenantName: string
  readonly bindingMessage?: string | undefined
  readonly link: string
}

/** Names are on one line, whatever characters somebody has registered. */
const onOneLine = (text: string): string => text.replaceAll(/\p{C}+/gu, ' ').trim()

function say<Key extends TextKey>(
  locale: Locale,
  key: Key,
  values: Readonly<Record<Placeholder<Key>, string>>,
): string {
  const known = new Map<string, string>(Object.entries(values))
  return partsOf(catalogues[locale][key])
    .map((part, index) => (index % 2 === 0 ? part : onOneLine(known.get(part) ?? '')))
    .join('')
}

/**
 * Writes the letter about a request: who asks, the text to compare, and where to answer.
 *
 * The link leads to the page of all requests and says nothing of this one: whoever reads the letter
 * still has to sign in.
 */
export function requestMail(
  locale: Locale,
  { clientName: client, tenantName: tenant, bindingMessage, link }: RequestMailFacts,
): { readonly subject: string; readonly text: string } {
  const paragraphs = [
    say(locale, 'request-mail.lead', { client, tenant }),
    ...(bindingMessage === undefined
      ? []
      : [say(locale, 'request-mail.message', { message: bindingMessage })]),
    say(locale, 'request-mail.answer', { link }),
    say(locale, 'request-mail.warning', {}),
  ]
  return {
    subject: say(locale, 'request-mail.subject', { client }),
    text: `${paragraphs.join('\n\n')}\n`,
  }
}
