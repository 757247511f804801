import { expect, test, vi } from 'vitest'

const environment = {
  AWS_REGION: 'eu-central-1',
  TABLE_NAME: 'table',
  WRAPPING_KEY_ARN: 'arn:aws:kms:eu-central-1:111122223333:key/1',
  ORIGIN_SECRET: 'hunter2',
}
for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
const { readConfig, config } = await import('./config.ts')

test('the environment is read once, at the start', () => {
  expect(config).toMatchObject({
    region: 'eu-central-1',
    tableName: 'table',
    wrappingKeyArn: environment.WRAPPING_KEY_ARN,
  })
  expect(config.originSecret.reveal()).toBe('hunter2')
})

test('the origin secret cannot be printed', () => {
  expect(JSON.stringify(config)).not.toContain('hunter2')
})

test.each(Object.keys(environment))('a function without %s does not start, and says so', (name) => {
  expect(() => readConfig({ ...environment, [name]: undefined })).toThrow(`${name} is not set`)
  expect(() => readConfig({ ...environment, [name]: '' })).toThrow(`${name} is not set`)
})
