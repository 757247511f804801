import { cibaGrant } from '../../support/backchannel.ts'
import { deviceGrant } from '../../support/device.ts'
import { bodyOf, type Flow, forClients, isOk, page, reachesUserInfo } from './flow.ts'
import type { Answer, Sent } from './viewer.ts'
import type { Visitor } from './visitor.ts'
import { Disturbed } from './watch.ts'

const starting = (visitor: Visitor): Sent =>
  visitor.as('tv', 'oauth2/device_authorization', { scope: 'openid' })

async function started(visitor: Visitor) {
  const { device_code: deviceCode = '', user_code: userCode = '' } = await visitor.told(
    starting(visitor),
  )
  return { deviceCode, userCode }
}

const polling = (visitor: Visitor, deviceCode: string): Sent =>
  visitor.as('tv', 'oauth2/token', { grant_type: deviceGrant, device_code: deviceCode })

const entering = (visitor: Visitor, userCode: string): Sent =>
  visitor.posted('oauth2/device', { user_code: userCode })

async function allowing(visitor: Visitor, userCode: string): Promise<Sent> {
  return visitor.submit(await visitor.ask(entering(visitor, userCode)), { allow: 'yes' })
}

const redeems = async (visitor: Visitor, answer: Answer): Promise<boolean> =>
  reachesUserInfo(visitor, bodyOf(answer)['access_token'])

/** A request that is over soon, so that few wait at any time: the page of a person shows only some. */
const asking = (visitor: Visitor, person: string): Sent =>
  visitor.as('till', 'oauth2/bc-authorize', {
    scope: 'openid',
    login_hint: person,
    requested_expiry: '30',
  })

let messages = 0

/** Asks, and finds what was asked on the page of the person. */
async function answering(visitor: Visitor): Promise<{ readonly authReqId: string; answer: Sent }> {
  messages += 1
  const message = `Till ${messages}.`
  const { form = {}, ...sent } = asking(visitor, 'ada@example.com')
  const { auth_req_id: authReqId = '' } = await visitor.told({
    ...sent,
    form: { ...form, binding_message: message },
  })
  const { body } = await visitor.ask(visitor.get('signin/requests'))
  const section = body.split('<section>').find((part) => part.includes(`>${message}<`))
  const [, request] = section?.match(/name="request" value="([^"]*)"/) ?? []
  if (request === undefined) throw new Disturbed(`no request on the page: ${body.slice(0, 200)}`)
  return { authReqId, answer: visitor.posted('signin/requests', { request, allow: 'yes' }) }
}

const isGone = ({ status }: Answer): boolean => status === 400

/** What devices and clients behind the scenes ask, and people answer. */
export const pollingFlows: readonly Flow[] = [
  {
    ...forClients,
    name: 'the start of a device',
    endpoint: 'oauth2.device-authorization',
    isSignedIn: true,
    prepare: async (visitor) => starting(visitor),
    counted: 'stranger-counted',
    commits: 'device-requested',
  },
  {
    ...page,
    name: 'a user code',
    endpoint: 'oauth2.device',
    isSignedIn: true,
    isUnlimited: true,
    prepare: async (visitor) => entering(visitor, (await started(visitor)).userCode),
    succeeds: isOk,
    commits: 'user-code-entered',
  },
  {
    ...page,
    name: 'a device that is allowed',
    endpoint: 'oauth2.device',
    isSignedIn: true,
    isUnlimited: true,
    prepare: async (visitor) => allowing(visitor, (await started(visitor)).userCode),
    succeeds: isOk,
    commits: 'device-allowed',
    isUsedUp: isGone,
  },
  {
    ...forClients,
    name: 'a device that waits',
    endpoint: 'oauth2.token',
    prepare: async (visitor) => polling(visitor, (await started(visitor)).deviceCode),
    succeeds: ({ status, body }) => status === 400 && /authorization_pending|slow_down/.test(body),
  },
  {
    ...forClients,
    name: 'a backchannel request',
    endpoint: 'oauth2.backchannel-authentication',
    prepare: async (visitor) => asking(visitor, 'grace@example.com'),
    commits: 'backchannel-requested',
  },
  {
    ...page,
    name: 'a backchannel request that is allowed',
    endpoint: 'signin.requests',
    isSignedIn: true,
    prepare: async (visitor) => (await answering(visitor)).answer,
    succeeds: ({ status }) => status === 303,
    commits: 'backchannel-allowed',
    isUsedUp: isGone,
  },
]

/** Tokens for what somebody has allowed elsewhere. */
export const polledGrantFlows: readonly Flow[] = [
  {
    ...forClients,
    name: 'redemption of a device code',
    endpoint: 'oauth2.token',
    isSignedIn: true,
    isUnlimited: true,
    async prepare(visitor) {
      const { deviceCode, userCode } = await started(visitor)
      await visitor.ask(await allowing(visitor, userCode))
      return polling(visitor, deviceCode)
    },
    commits: 'device-redeemed',
    replayed: 'device-replayed',
    proves: redeems,
  },
  {
    ...forClients,
    name: 'redemption of a backchannel request',
    endpoint: 'oauth2.token',
    isSignedIn: true,
    async prepare(visitor) {
      const { authReqId, answer } = await answering(visitor)
      await visitor.ask(answer)
      return visitor.as('till', 'oauth2/token', { grant_type: cibaGrant, auth_req_id: authReqId })
    },
    commits: 'backchannel-redeemed',
    replayed: 'backchannel-replayed',
    proves: redeems,
  },
]
