import { expect, test } from 'vitest'
import { parseCode } from './code.ts'
import { packagesReached } from './reach.ts'

test('a package is reached through other files, but not through what is erased', () => {
  const files = parseCode({
    'functions/oauth2/x.ts': "import '#shared/oauth/y.ts'\nimport type { Z } from 'zod'",
    'shared/oauth/y.ts': "import { sign } from 'jose'\nexport type { M } from '#shared/oauth/m.ts'",
    'shared/oauth/m.ts': "import middy from '@middy/core'",
  })
  expect([...packagesReached(files, ['functions/oauth2/x.ts'])]).toEqual([
    ['jose', 'shared/oauth/y.ts'],
  ])
})

test('what is imported only when it is needed is not reached at once', () => {
  const files = parseCode({
    'functions/oauth2/x.ts': "import { y } from './y.ts'\nexport const x = y",
    'functions/oauth2/y.ts': "export const y = async () => import('./z.ts')",
    'functions/oauth2/z.ts': "import 'zod'",
  })
  expect([...packagesReached(files, ['functions/oauth2/x.ts']).keys()]).toEqual(['zod'])
  expect([...packagesReached(files, ['functions/oauth2/x.ts'], { atOnce: true })]).toEqual([])
})
