import { type AttemptId, trusted } from '#shared/kernel/ids.ts'
import type { Client } from '#shared/oauth/client/client.ts'
import type { DeviceAuthorization } from '#shared/oauth/polling/device-authorization.ts'
import { parseUserCode, userCodeHash } from '#shared/oauth/polling/user-code.ts'
import { interactionExpired } from '#shared/signin/errors.ts'
import { openInteraction } from '#shared/signin/flows/interactions.ts'
import type { Interaction } from '#shared/signin/interaction.ts'
import type { DevicePageRequest } from '../messages/device-verification.ts'
import { allowedAuthorization } from './allowed-authorization.ts'
import type { DevicePageOutcome, DevicePagePorts, DeviceStep } from './verify-device.ts'

type Answer = Extract<DevicePageRequest, { kind: 'answer' }>

/**
 * Takes the answer of the person who was asked; the device learns of it with its next poll.
 *
 * A session that was allowed to do so is asked again for each device: what was allowed once says
 * nothing of the next device, which may be somebody else's.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8628#section-5.4
 * @throws ProtocolError `interaction_expired`
 */
export const answerDevice =
  (ports: DevicePagePorts) =>
  async (step: DeviceStep, request: Answer): Promise<DevicePageOutcome> => {
    const { tenant, signedIn, now } = step
    const interaction = await openInteraction(ports.sealer, tenant, request, now)
    verifyAsked(interaction, step)
    const { device, client } = await askedDevice(ports, step, interaction)
    const allowing = { tenant, session: signedIn.session, now }
    const isAllowed = request.answer === 'allow'
    const answering = await ports.deviceAuthorizations.answer(
      device,
      isAllowed
        ? { kind: 'allowed', authorization: allowedAuthorization(ports, allowing, device) }
        : { kind: 'denied' },
      now,
      trusted<AttemptId>(ports.random.id()),
      {
        id: ports.random.id(),
        time: now,
        activity: isAllowed ? 'device-allowed' : 'device-denied',
        user: signedIn.user.id,
        client: client.id,
        address: request.address,
      },
    )
    if (answering === 'gone') throw gone()
    return { kind: 'answered', answer: isAllowed ? 'allowed' : 'denied', client }
  }

/** Whoever signs in meanwhile has not been asked. */
function verifyAsked(interaction: Interaction, { signedIn }: DeviceStep): void {
  if (interaction.session === signedIn.session.secretHash) return
  throw interactionExpired('signin/device/session', 'the session has changed, start again')
}

async function askedDevice(
  ports: DevicePagePorts,
  { tenant }: DeviceStep,
  interaction: Interaction,
): Promise<{ readonly device: DeviceAuthorization; readonly client: Client }> {
  const isOurs = interaction.returnTo === 'oauth2/device'
  const code = isOurs ? parseUserCode(interaction.request) : undefined
  const device =
    code && (await ports.deviceAuthorizations.find({ tenant: tenant.id, id: userCodeHash(code) }))
  const client = device && (await ports.clients.find(tenant.id, device.client))
  if (device === undefined || client === undefined || client.id !== interaction.client) throw gone()
  return { device, client }
}

const gone = () =>
  interactionExpired('signin/device/gone', 'the code of the device has expired, start again')
