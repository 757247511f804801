import type { AuditEvent } from '#shared/audit/event.ts'
import type { BackchannelRequest } from '#shared/oauth/polling/backchannel-request.ts'
import type { DeviceAuthorization } from '#shared/oauth/polling/device-authorization.ts'
import type { Attempts } from '#shared/ports/repositories/attempts.ts'
import type { BackchannelRequests } from '#shared/ports/repositories/backchannel-requests.ts'
import type { DeviceAuthorizations } from '#shared/ports/repositories/device-authorizations.ts'

interface Kept {
  readonly devices: DeviceAuthorization[]
  readonly backchannel: BackchannelRequest[]
  readonly attempts: Record<string, number>
  readonly events: AuditEvent[]
}

/** Devices that wait, without atomicity, which the contract suite shows on the real engine. */
export function devicesOf(kept: Kept): DeviceAuthorizations {
  const placeOf = (id: string) => kept.devices.findIndex((device) => device.id === id)
  return {
    async open(authorization, _attempt, event) {
      if (placeOf(authorization.id) >= 0) return 'taken'
      kept.devices.push(authorization)
      kept.events.push(event)
      return 'opened'
    },
    find: async ({ id }) => kept.devices[placeOf(id)],
    async recordPoll({ id, polledAt }, pace) {
      const device = kept.devices[placeOf(id)]
      if (device === undefined || device.polledAt !== polledAt) return 'overtaken'
      kept.devices[placeOf(id)] = { ...device, ...pace }
      return 'recorded'
    },
    async answer({ id }, answer, now, _attempt, event) {
      const device = kept.devices[placeOf(id)]
      if (device === undefined || device.answer !== undefined || device.expiresAt <= now)
        return 'gone'
      kept.devices[placeOf(id)] = { ...device, answer }
      kept.events.push(event)
      return 'answered'
    },
  }
}

export function backchannelOf(kept: Kept): BackchannelRequests {
  const placeOf = (id: string) => kept.backchannel.findIndex((request) => request.id === id)
  return {
    async open(request, _attempt, event) {
      kept.backchannel.push(request)
      kept.events.push(event)
    },
    find: async ({ user, id }) =>
      kept.backchannel.find((request) => request.id === id && request.user === user),
    pending: async (_tenant, user, now) =>
      kept.backchannel.filter(
        (request) =>
          request.user === user && request.answer === undefined && request.expiresAt > now,
      ),
    async recordPoll({ id, polledAt }, pace) {
      const request = kept.backchannel[placeOf(id)]
      if (request === undefined || request.polledAt !== polledAt) return 'overtaken'
      kept.backchannel[placeOf(id)] = { ...request, ...pace }
      return 'recorded'
    },
    async answer({ id }, answer, now, _attempt, event) {
      const request = kept.backchannel[placeOf(id)]
      if (request === undefined || request.answer !== undefined || request.expiresAt <= now)
        return 'gone'
      kept.backchannel[placeOf(id)] = { ...request, answer }
      kept.events.push(event)
      return 'answered'
    },
  }
}

export const attemptsOf = (kept: Kept): Attempts => ({
  count: async (_tenant, keys) => keys.map((key) => kept.attempts[key] ?? 0),
  async add(_tenant, keys, _window, event) {
    kept.events.push(event)
    return keys.map((key) => {
      kept.attempts[key] = (kept.attempts[key] ?? 0) + 1
      return kept.attempts[key]
    })
  },
})
