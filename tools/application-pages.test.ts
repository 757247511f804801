import { expect, test } from 'vitest'
import { applicationPages, renderApplicationPage } from './application-pages.ts'
import { projectFiles, textOf } from './project-files.ts'

const files: Readonly<Record<string, string>> = {
  'examples/web.ts': 'serve()\n',
  'local/demo.json': `{
  "clients": [
    {
      "client_id": "a",
      "scope": "x"
    },
    {
      "client_id": "b",
      "grant_types": ["refresh_token"]
    }
  ]
}`,
}
const render = (page: string) => renderApplicationPage(page, (path) => files[path] ?? '')

test('a fence that names a file holds the file', () => {
  const page = 'before\n```ts examples/web.ts\nold()\n```\nafter\n'
  expect(render(page)).toBe('before\n```ts examples/web.ts\nserve()\n```\nafter\n')
})

test('an empty fence is filled, and a page that is right stays', () => {
  const filled = render('```ts examples/web.ts\n```\n')
  expect(filled).toBe('```ts examples/web.ts\nserve()\n```\n')
  expect(render(filled)).toBe(filled)
})

test.each([
  ['a', '{\n  "client_id": "a",\n  "scope": "x"\n}'],
  ['b', '{\n  "client_id": "b",\n  "grant_types": ["refresh_token"]\n}'],
])('a fence that names a member holds it alone: %s', (name, member) => {
  const opening = `\`\`\`json local/demo.json ${name}`
  expect(render(`${opening}\n\`\`\`\n`)).toBe(`${opening}\n${member}\n\`\`\`\n`)
})

test('other fences are left alone', () => {
  const page = '```sh\nnpm start\n```\n\n```json\n{}\n```\n'
  expect(render(page)).toBe(page)
})

test('a member that is not there is an error', () => {
  expect(() => render('```json local/demo.json c\n```\n')).toThrow('nothing is called c')
})

test('no page for applications is longer than 120 lines', () => {
  const lines = (path: string) => textOf(path).trimEnd().split('\n').length
  expect(applicationPages().filter((path) => lines(path) > 120)).toEqual([])
})

test('every example is on a page', () => {
  const pages = applicationPages().map(textOf).join()
  const missing = projectFiles('examples/*.ts').filter((file) => !pages.includes(`ts ${file}\n`))
  expect(missing).toEqual([])
})
