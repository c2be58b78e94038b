import { restore } from './restore.ts'

// A restore that dies at one of its steps, as `bun killed.ts FROM DATA N` asks: a process of its own,
// since what is to be shown is what a kill leaves behind.

const [from = '', dataDir = '', last = '0'] = process.argv.slice(2)
let passed = 0

await restore({
  from,
  dataDir,
  force: true,
  unverified: false,
  step(name) {
    passed++
    if (passed !== Number(last)) return
    console.log(name)
    process.kill(process.pid, 'SIGKILL')
  },
})
