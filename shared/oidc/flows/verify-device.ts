import type { Region } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { Client } from '#shared/oauth/client/client.ts'
import { parseUserCode, renderUserCode } from '#shared/oauth/polling/user-code.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { Random } from '#shared/ports/random.ts'
import type { Attempts } from '#shared/ports/repositories/attempts.ts'
import type { Clients } from '#shared/ports/repositories/clients.ts'
import type { DeviceAuthorizations } from '#shared/ports/repositories/device-authorizations.ts'
import type { Sessions } from '#shared/ports/repositories/sessions.ts'
import type { Users } from '#shared/ports/repositories/users.ts'
import type { Sealer } from '#shared/ports/sealer.ts'
import { currentSession, type SignedIn } from '#shared/session/flows/current-session.ts'
import { openInteraction } from '#shared/signin/flows/interactions.ts'
import type { ConsentDetail } from '#shared/signin/interaction.ts'
import { verifyOrigin } from '#shared/signin/origin.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { DevicePageRequest } from '../messages/device-verification.ts'
import { answerDevice } from './answer-device.ts'
import type { InteractionStart } from './begin-interaction.ts'
import { enterUserCode } from './enter-user-code.ts'
import { signInFirst } from './sign-in-first.ts'

/** Path of the page below the tenant. */
const devicePath = 'oauth2/device'

export type DevicePageOutcome =
  | ({ readonly kind: 'sign-in' } & InteractionStart)
  | {
      readonly kind: 'enter'
      readonly signedIn: SignedIn
      readonly userCode: string
      readonly problem?: 'unknown-code' | 'too-many-attempts'
    }
  | {
      readonly kind: 'confirm'
      readonly signedIn: SignedIn
      readonly client: Client
      readonly userCode: string
      readonly scopes: readonly string[]
      readonly services?: readonly string[]
      readonly details?: readonly ConsentDetail[]
      readonly sealed: string
      readonly browser: string
    }
  | { readonly kind: 'answered'; readonly answer: 'allowed' | 'denied'; readonly client: Client }

export interface DevicePagePorts {
  readonly attempts: Attempts
  readonly clients: Clients
  readonly deviceAuthorizations: DeviceAuthorizations
  readonly sessions: Sessions
  readonly users: Users
  readonly sealer: Sealer
  readonly clock: Clock
  readonly random: Random
  readonly region: Region
}

/** A step on the device page by somebody who is signed in. */
export interface DeviceStep {
  readonly tenant: Tenant
  readonly signedIn: SignedIn
  readonly now: EpochSeconds
}

/**
 * The device page: who is signed in enters the code of a device, sees what asks for what, and answers.
 *
 * Signing in comes first, so that nobody tries codes unknown.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8628#section-3.3
 * @throws ProtocolError shown as a page
 */
export const verifyDevice =
  (ports: DevicePagePorts) =>
  async (tenant: Tenant, request: DevicePageRequest): Promise<DevicePageOutcome> => {
    if (request.kind !== 'show') verifyOrigin(request.origin, tenant.issuer)
    const now = ports.clock.now()
    const userCode = await carriedCode(ports, tenant, request, now)
    const signedIn = await currentSession(ports)(tenant, request.session, now)
    if (signedIn === undefined) {
      const page = { path: devicePath, request: userCode, browser: request.browser }
      return { kind: 'sign-in', ...(await signInFirst(ports)(tenant, page, now)) }
    }
    const step = { tenant, signedIn, now }
    if (request.kind === 'enter') return enterUserCode(ports)(step, request)
    if (request.kind === 'answer') return answerDevice(ports)(step, request)
    return { kind: 'enter', signedIn, userCode }
  }

/** The code as it is shown, from the address, the form or the way back from the sign-in page. */
async function carriedCode(
  ports: DevicePagePorts,
  tenant: Tenant,
  request: DevicePageRequest,
  now: EpochSeconds,
): Promise<string> {
  if (request.kind === 'answer') return ''
  const code = parseUserCode(
    request.kind === 'show' && request.interaction !== undefined
      ? (await openInteraction(ports.sealer, tenant, request, now)).request
      : request.userCode,
  )
  return code === undefined ? '' : renderUserCode(code)
}
