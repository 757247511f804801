import type { UserInfo } from '#shared/oidc/flows/user-info.ts'
import type { Scene } from '../endpoint.ts'
import { type HttpResponse, noStore } from '../http-response.ts'
import { withInteractionId } from '../interaction-id.ts'
import { jsonNoStore } from './json.ts'

/** @spec https://openid.net/specs/openid-connect-core-1_0.html#UserInfoResponse whatever `Accept` says */
export const userInfoAnswer = (answer: UserInfo, scene: Scene): HttpResponse =>
  withInteractionId(rendered(answer), scene)

const rendered = (answer: UserInfo): HttpResponse =>
  typeof answer === 'string'
    ? { status: 200, headers: { ...noStore, 'content-type': 'application/jwt' }, body: answer }
    : jsonNoStore(answer)
