import { describe, expect, inject, test } from 'vitest'
import registry from '../support/iana-metadata.json' with { type: 'json' }

const origin = inject('origin')
const known = [...registry.registered, ...Object.keys(registry.specified)]
const tenants = ['acme', 'requests', 'possession', 'bazaar', 'vault', 'ledger']
const profiles: Readonly<Record<string, readonly string[]>> = {
  vault: ['PS256', 'ES256', 'EdDSA', 'ML-DSA-44'],
  ledger: ['PS256', 'ES256', 'EdDSA', 'ML-DSA-44'],
}

type Metadata = Readonly<Record<string, unknown>>

async function metadataOf(tenant: string): Promise<Metadata> {
  return JSON.parse(
    await (await fetch(`${origin}/${tenant}/.well-known/openid-configuration`)).text(),
  )
}

const listOf = (metadata: Metadata, member: string): readonly string[] => {
  const value = metadata[member]
  return Array.isArray(value) ? value : []
}

describe.each(tenants)('the metadata of %s', (tenant) => {
  test('rfc8414 section 7.1: every member has a name that is registered, or that its specification gives', async () => {
    const unknown = Object.keys(await metadataOf(tenant)).filter((name) => !known.includes(name))
    expect(unknown).toEqual([])
  })

  test('rfc8414 section 3.1: is the same at both well-known places', async () => {
    const url = `${origin}/.well-known/oauth-authorization-server/${tenant}`
    expect(JSON.parse(await (await fetch(url)).text())).toEqual(await metadataOf(tenant))
  })

  test('rfc8725 section 3.1 and oidc core section 16.13: none and symmetric algorithms are announced nowhere', async () => {
    for (const [name, value] of Object.entries(await metadataOf(tenant))) {
      if (!name.includes('_alg_')) continue
      const values = [value].flat()
      expect(values).not.toHaveLength(0)
      expect(values).not.toContain('none')
      expect(values).not.toContain('RSA1_5')
      expect(values).not.toContainEqual(expect.stringMatching(/^HS/))
      if (name.includes('_signing_alg_') && profiles[tenant] !== undefined) {
        for (const algorithm of values) expect(profiles[tenant]).toContain(algorithm)
      }
    }
  })

  test('rfc5646 section 2.2.9: locales are well-formed tags', async () => {
    const locales = listOf(await metadataOf(tenant), 'ui_locales_supported')
    expect(Intl.getCanonicalLocales([...locales])).toEqual(locales)
  })

  test('rfc8414 section 2 and oidc discovery section 4.2: no member is empty, null or listed twice', async () => {
    for (const value of Object.values(await metadataOf(tenant))) {
      expect(value).not.toBeNull()
      if (!Array.isArray(value)) continue
      expect(value).not.toHaveLength(0)
      expect(new Set(value).size).toBe(value.length)
    }
  })

  test('oidc discovery section 3: every endpoint is there, and below the issuer', async () => {
    const metadata = await metadataOf(tenant)
    for (const [name, value] of Object.entries(metadata)) {
      if (!/_endpoint$|^jwks_uri$|^check_session_iframe$/.test(name)) continue
      expect(value).toMatch(new RegExp(`^${origin}/${tenant}/`))
      const method = /authorization_endpoint|jwks|userinfo|end_session|check/.test(name)
      const asGet = method && !name.startsWith('pushed') && !name.startsWith('device')
      const response = await fetch(String(value), {
        method: asGet ? 'GET' : 'POST',
        redirect: 'manual',
      })
      expect({ name, status: response.status }).not.toMatchObject({ status: 404 })
      expect(response.status).toBeLessThan(500)
    }
  })

  test('rfc8414 section 2: every grant that is announced is known to the token endpoint, and no other', async () => {
    const metadata = await metadataOf(tenant)
    const announced = listOf(metadata, 'grant_types_supported')
    const post = async (grant: string) => {
      const body = new URLSearchParams({ grant_type: grant, client_id: 'nobody' })
      const response = await fetch(String(metadata['token_endpoint']), { method: 'POST', body })
      return JSON.parse(await response.text()).error
    }
    for (const grant of announced.filter((each) => each !== 'implicit')) {
      expect({ grant, error: await post(grant) }).not.toMatchObject({
        error: 'unsupported_grant_type',
      })
    }
    expect(await post('password')).toBe('unsupported_grant_type')
  })
})

test('rfc8414 section 2: a registration endpoint is announced where clients may register themselves', async () => {
  const open = await Promise.all(
    tenants.map(async (tenant) => 'registration_endpoint' in (await metadataOf(tenant))),
  )
  expect(tenants.filter((_, at) => open[at])).toEqual(['acme', 'bazaar'])
})

test('rfc9396 section 10: the types of authorization details are those of the tenant', async () => {
  expect(listOf(await metadataOf('requests'), 'authorization_details_types_supported')).toEqual([
    'payment',
    'calendar',
  ])
  expect(await metadataOf('acme')).not.toHaveProperty('authorization_details_types_supported')
})
