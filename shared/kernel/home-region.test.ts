import { expect, test } from 'vitest'
import { region } from '../../test/support/builders.ts'
import { withoutRegion, withRegion } from './home-region.ts'

test('the home Region can be read in front of an id, and taken away again', () => {
  expect(withRegion(region, 'id.with.dots')).toBe('eu-central-1.id.with.dots')
  expect(withoutRegion(region, 'eu-central-1.id.with.dots')).toBe('id.with.dots')
})

test.each(['us-east-1.id', 'id', '', 'eu-central-1', 'eu-central-12.id', ' eu-central-1.id'])(
  'what names another Region or none is not ours: %s',
  (text) => {
    expect(withoutRegion(region, text)).toBeUndefined()
  },
)
