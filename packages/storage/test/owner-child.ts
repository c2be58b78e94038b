// A real process for the tests of who works on a database: asks to when told, and says what came of it.
import { ownDatabase } from '../src/index.ts'

const [file = ''] = process.argv.slice(2)
let letGo: (() => void) | undefined
for await (const line of console) {
  if (line === 'let go') letGo?.()
  else letGo = ownDatabase(file, line === 'own at once' ? 0 : undefined)
  console.log(letGo && line !== 'let go' ? 'mine' : 'not mine')
}
