// A real process for the test of what becomes of a cluster whose maker is killed.
import { makeCluster } from '../../testing/cluster.ts'

console.log(makeCluster().data)
await new Promise(() => setInterval(() => undefined, 1_000))
