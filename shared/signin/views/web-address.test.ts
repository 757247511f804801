import { expect, test } from 'vitest'
import { hostOf, isWebAddress } from './web-address.ts'

test('http, https and a path of ours are web addresses', () => {
  for (const text of ['https://a.example/', 'HTTP://a.example', '/acme/signin?x=1', '/']) {
    expect(isWebAddress(text)).toBe(true)
  }
})

test('whatever else a browser would follow is not', () => {
  const texts = ['javascript:alert(1)', ' javascript:alert(1)', 'java\nscript:alert(1)']
  const more = ['\u0001javascript:x', 'data:text/html,x', '//evil.example', '/\\evil.example', '']
  for (const text of [...texts, ...more, 'signin', 'https:evil', 'com.app:/cb']) {
    expect(isWebAddress(text)).toBe(false)
  }
})

test('the host is shown as the browser will use it', () => {
  expect(hostOf('https://user:secret@photos.example:8443/app')).toBe('photos.example:8443')
  expect(hostOf('https://фото.example/')).toBe('xn--n1aalg.example')
})

test('what has no host shows none', () => {
  for (const text of ['/acme', 'https://', 'javascript://a.example/%0aalert(1)', 'nonsense']) {
    expect(hostOf(text)).toBeUndefined()
  }
})
