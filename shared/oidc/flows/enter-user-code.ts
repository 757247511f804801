import { sha256Base64url } from '#shared/kernel/digest.ts'
import { isExpired } from '#shared/kernel/time.ts'
import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import type { Client } from '#shared/oauth/client/client.ts'
import { countAttempt, mayAttempt } from '#shared/oauth/flows/count-attempt.ts'
import type { DeviceAuthorization } from '#shared/oauth/polling/device-authorization.ts'
import { userCodeLimits } from '#shared/oauth/polling/device-throttle.ts'
import {
  parseUserCode,
  renderUserCode,
  type UserCode,
  userCodeHash,
} from '#shared/oauth/polling/user-code.ts'
import { browserOf, sealInteraction } from '#shared/signin/flows/interactions.ts'
import { consentDetails } from '../consent-details.ts'
import type { DevicePageRequest } from '../messages/device-verification.ts'
import type { DevicePageOutcome, DevicePagePorts, DeviceStep } from './verify-device.ts'

type Entering = Extract<DevicePageRequest, { kind: 'enter' }>

/** A device that waits, and whose client may still wait for it. */
interface WaitingDevice {
  readonly device: DeviceAuthorization
  readonly client: Client
}

/**
 * Finds the device that shows the code, and shows what it asks for.
 *
 * Every code that is entered counts, before it is told whether it was right; what is no code at all
 * guesses nothing.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8628#section-5.1
 */
export const enterUserCode =
  (ports: DevicePagePorts) =>
  async (step: DeviceStep, request: Entering): Promise<DevicePageOutcome> => {
    const { tenant, signedIn, now } = step
    const form = { kind: 'enter', signedIn, userCode: request.userCode } as const
    const code = parseUserCode(request.userCode)
    if (code === undefined) return { ...form, problem: 'unknown-code' }
    const limits = userCodeLimits(signedIn.user.id, request.address)
    if (!(await mayAttempt(ports)(tenant, limits, now))) {
      return { ...form, problem: 'too-many-attempts' }
    }
    const found = await waitingDevice(ports, step, code)
    const page = found && (await confirmation(ports, step, code, found, request.browser))
    const event = entered(ports, step, request.address, found)
    if (!(await countAttempt(ports)(tenant, limits, event))) {
      return { ...form, problem: 'too-many-attempts' }
    }
    return page ?? { ...form, problem: 'unknown-code' }
  }

const entered = (
  { random }: DevicePagePorts,
  { signedIn, now }: DeviceStep,
  address: string,
  found: WaitingDevice | undefined,
) => {
  const facts = { id: random.id(), time: now, user: signedIn.user.id, address }
  return found === undefined
    ? ({ ...facts, activity: 'user-code-failed', rule: 'oauth/user-code/unknown' } as const)
    : ({ ...facts, activity: 'user-code-entered', client: found.client.id } as const)
}

async function waitingDevice(
  ports: DevicePagePorts,
  { tenant, now }: DeviceStep,
  code: UserCode,
): Promise<WaitingDevice | undefined> {
  const handle = { tenant: tenant.id, id: userCodeHash(code) }
  const device = await ports.deviceAuthorizations.find(handle)
  if (device === undefined || device.answer !== undefined) return undefined
  if (isExpired(device.expiresAt, now)) return undefined
  const client = await ports.clients.find(tenant.id, device.client)
  return client && { device, client }
}

/** The answer is bound to the browser and to the session that are asked. */
async function confirmation(
  ports: DevicePagePorts,
  { tenant, signedIn }: DeviceStep,
  code: UserCode,
  { device, client }: WaitingDevice,
  presented: string | undefined,
): Promise<DevicePageOutcome> {
  const browser = browserOf(ports.random, presented)
  const sealed = await sealInteraction(ports.sealer, tenant, {
    returnTo: 'oauth2/device',
    request: code,
    client: client.id,
    clientName: client.name,
    browser: sha256Base64url(browser),
    expiresAt: device.expiresAt,
    requirements: {},
    session: signedIn.session.secretHash,
  })
  const { scopes, services } = device
  const details = consentDetails(tenant, device.authorizationDetails)
  const userCode = renderUserCode(code)
  const shown = { userCode, scopes, ...withoutAbsent({ services, details }) }
  return { kind: 'confirm', signedIn, client, ...shown, sealed, browser }
}
