import { expect, test } from 'vitest'
import { type Confirmation, isSameConfirmation, tokenTypeOf } from './confirmation.ts'

const proof = { jkt: 'a' }
const certificate = { 'x5t#S256': 'a' }

test('rfc7800 section 3.1: what is presented is what was bound, of the same kind', () => {
  const all = [proof, certificate, { jkt: 'b' }, { 'x5t#S256': 'b' }, undefined]
  for (const [at, bound] of all.entries()) {
    expect(all.map((presented) => isSameConfirmation(bound, presented)).indexOf(true)).toBe(at)
  }
})

test('rfc9449 section 11.10: a key that is named by another hash is nobody’s', () => {
  const unknown: Confirmation = JSON.parse('{"jkt#S512":"a"}')
  for (const presented of [undefined, proof, certificate]) {
    expect(isSameConfirmation(unknown, presented)).toBe(false)
  }
  expect(tokenTypeOf(unknown)).toBe('Bearer')
})

test('rfc9449 section 5: only who proves the key of a proof uses the scheme DPoP', () => {
  expect([proof, certificate, undefined].map(tokenTypeOf)).toEqual(['DPoP', 'Bearer', 'Bearer'])
})
