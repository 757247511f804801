import { describe, expect, inject, test } from 'vitest'
import { dpopKey } from '../support/dpop.ts'
import { basic, callback, RelyingParty } from '../support/relying-party.ts'
import { type Headers, postForm } from '../support/token-endpoint.ts'

const party = new RelyingParty(inject('origin'))
const endpoint = `${party.issuer}/oauth2/token`
const web = { authorization: basic('web', party.secret) }

const proving = async (key: Awaited<ReturnType<typeof dpopKey>>) => ({
  dpop: await key.proof({ htu: endpoint }),
})

describe('rfc9449 section 10 and 11.9: a code that is bound to a key', () => {
  const redeem = async (code: string, headers: Headers) => {
    const form = { grant_type: 'authorization_code', code, redirect_uri: callback }
    return postForm(endpoint, form, { ...web, ...headers })
  }

  test('rfc9449 section 10: dpop_jkt names the only key that redeems it', async () => {
    const key = await dpopKey()
    const code = await party.code({ dpop_jkt: key.jkt })
    for (const headers of [{}, await proving(await dpopKey())]) {
      expect(await redeem(code, headers)).toMatchObject({
        status: 400,
        body: { error: 'invalid_grant' },
      })
    }
    expect((await redeem(code, await proving(key))).status).toBe(200)
  })

  const pushed = `${party.issuer}/oauth2/par`
  const push = (parameters: Record<string, string>, dpop: string) => {
    const request = { redirect_uri: callback, response_type: 'code', scope: 'openid' }
    return postForm(pushed, { ...request, ...parameters }, { ...web, dpop })
  }

  test('rfc9449 section 10.1: so does the proof of a pushed request', async () => {
    const key = await dpopKey()
    const { body } = await push({}, await key.proof({ htu: pushed }))
    const code = await party.code({ request_uri: body['request_uri'] ?? '' })
    expect((await redeem(code, await proving(await dpopKey()))).status).toBe(400)
    expect((await redeem(code, await proving(key))).status).toBe(200)
  })

  test('rfc9449 section 10.1: which must not be of another key than dpop_jkt', async () => {
    const proof = await (await dpopKey()).proof({ htu: pushed })
    const answer = await push({ dpop_jkt: (await dpopKey()).jkt }, proof)
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_dpop_proof' } })
  })

  test('rfc9449 section 11.1: and is used once', async () => {
    const proof = await (await dpopKey()).proof({ htu: pushed })
    expect((await push({}, proof)).status).toBe(201)
    expect(await push({}, proof)).toMatchObject({ body: { error: 'invalid_dpop_proof' } })
  })
})
