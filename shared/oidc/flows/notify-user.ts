import type { AuditEvent } from '#shared/audit/event.ts'
import type { User } from '#shared/directory/user.ts'
import { sha256Base64url } from '#shared/kernel/digest.ts'
import type { AttemptLimit } from '#shared/oauth/attempt-limit.ts'
import type { Client } from '#shared/oauth/client/client.ts'
import { takeAttempt } from '#shared/oauth/flows/count-attempt.ts'
import type { Mailer } from '#shared/ports/mailer.ts'
import type { Attempts } from '#shared/ports/repositories/attempts.ts'
import { StoreUnavailable } from '#shared/ports/store-unavailable.ts'
import { chooseLocale } from '#shared/signin/texts/choose-locale.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { requestMail } from '../request-mail.ts'

export interface NotificationPorts {
  readonly attempts: Attempts
  readonly mailer: Mailer
}

/** A request that waits, as its person is told of it. */
export interface Notification {
  readonly client: Client
  readonly user: User
  readonly bindingMessage: string | undefined
  /** The event of the request, which is the reason for the letter. */
  readonly event: AuditEvent
}

/** So many letters in a quarter of an hour: clients must not fill anybody's mailbox. */
const maximalLetters = 5

/**
 * Writes to the person of a request, where the tenant has a sender and the address is the person's own.
 *
 * @spec https://openid.net/specs/openid-client-initiated-backchannel-authentication-core-1_0.html#rfc.section.8
 */
export const notifyUser =
  (ports: NotificationPorts) =>
  async (tenant: Tenant, { client, user, bindingMessage, event }: Notification): Promise<void> => {
    const from = tenant.settings.mailSender
    const to = verifiedAddress(user)
    if (from === undefined || to === undefined) return
    const limits = [{ key: sha256Base64url(`letters to\n${user.id}`), maximum: maximalLetters }]
    if (!(await mayWrite(ports, tenant, limits, event))) return
    const { preferredLanguage, locale } = user.attributes
    const letter = requestMail(chooseLocale(undefined, preferredLanguage ?? locale), {
      clientName: client.name,
      tenantName: tenant.displayName,
      bindingMessage,
      link: `${tenant.issuer}/signin/requests`,
    })
    await ports.mailer.send({ from, to, ...letter })
  }

/** The request is in by now: a store that cannot count costs the letter, and not the answer. */
async function mayWrite(
  ports: NotificationPorts,
  tenant: Tenant,
  limits: readonly AttemptLimit[],
  event: AuditEvent,
): Promise<boolean> {
  try {
    return await takeAttempt(ports)(tenant, limits, event)
  } catch (error) {
    if (error instanceof StoreUnavailable) return false
    throw error
  }
}

function verifiedAddress({ attributes: { emails = [] }, emailVerified }: User): string | undefined {
  if (!emailVerified) return undefined
  return (emails.find(({ primary }) => primary) ?? emails[0])?.value
}
