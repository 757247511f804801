import { expect, test } from 'vitest'
import { helpText, parseOptions, StartError } from './options.ts'

test('npm start without flags: port 9000, http, the demo, in memory', () => {
  expect(parseOptions([])).toEqual({ port: 9000, https: false })
})

test('npm start: every flag', () => {
  expect(
    parseOptions(['--port', '8443', '--https', '--config', 'a.json', '--data=.local']),
  ).toEqual({ port: 8443, https: true, configFile: 'a.json', dataDirectory: '.local' })
  expect(parseOptions(['--mtls-port', '9443', '--no-rate-limits'])).toEqual({
    port: 9000,
    https: false,
    mtlsPort: 9443,
    liftsRateLimits: true,
  })
})

test('npm start --help: wins over the other flags and names each of them', () => {
  expect(parseOptions(['--help', '--port', 'x'])).toBe('help')
  const flags = ['--port', '--https', '--mtls-port', '--no-rate-limits', '--config', '--data']
  for (const flag of [...flags, '--help']) expect(helpText).toContain(flag)
})

test.each([
  [['--prot', '9000'], /--prot/],
  [['9000'], /9000/],
  [['--port', '0'], /1 to 65535/],
  [['--port', '70000'], /1 to 65535/],
  [['--port', '9e3'], /1 to 65535/],
  [['--port'], /--port/],
  [['--https=yes'], /--https/],
  [['--mtls-port', 'x'], /--mtls-port wants/],
  [['--config', ''], /--config/],
])('npm start %j: refused in one line', (args, message) => {
  expect(() => parseOptions(args)).toThrow(StartError)
  expect(() => parseOptions(args)).toThrow(message)
  expect(() => parseOptions(args)).not.toThrow(/\n/)
})
