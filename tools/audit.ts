import type { AthenaClient } from '@aws-sdk/client-athena'
import { type Answer, ask } from './audit/athena-query.ts'
import { athenaOf } from './audit/lake-access.ts'
import { BadCall, helpText, parseOptions, type Question } from './audit/options.ts'
import { renderJsonLines, renderTable } from './audit/render-answer.ts'
import { listSaved, savedSql } from './audit/saved-queries.ts'

async function answerTo(client: AthenaClient, question: Question): Promise<Answer> {
  switch (question.kind) {
    case 'list':
      return listSaved(client)
    case 'saved':
      return ask(client, await savedSql(client, question.name), question.parameters)
    case 'query':
      return ask(client, question.sql, question.parameters)
  }
}

/** `npm run audit`: asks the lake of the local cloud, or of the deployment, through Athena. */
async function main(args: readonly string[]): Promise<void> {
  const options = parseOptions(args)
  if (options === 'help') return console.log(helpText)
  const client = await athenaOf(options.place)
  const answer = await answerTo(client, options.question)
  client.destroy()
  const render = process.stdout.isTTY ? renderTable : renderJsonLines
  for (const line of render(answer)) console.log(line)
}

await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message || error.name : String(error))
  process.exitCode = error instanceof BadCall ? 2 : 1
})
