import { moveToFolder, moveToServer } from './move.ts'
import { serversAt } from './test-servers.ts'

// A move that dies at one of its steps, as `bun killed.ts DIRECTION FOLDER URL N` asks: a process of its own,
// since what is to be shown is what a kill leaves behind.

const [direction, dataDir = '', url = '', last = '0'] = process.argv.slice(2)
let passed = 0

const move = direction === 'server' ? moveToServer : moveToFolder
await move({
  dataDir,
  servers: serversAt(url),
  force: false,
  step(name) {
    passed++
    if (passed !== Number(last)) return
    console.log(name)
    process.kill(process.pid, 'SIGKILL')
  },
})
