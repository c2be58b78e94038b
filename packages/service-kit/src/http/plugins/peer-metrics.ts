import { Counter, Gauge, type Registry } from 'prom-client'
import type { PeerLink } from '../../peer/peer-link.ts'

const states = ['closed', 'open', 'half-open', 'forced-open', 'disabled'] as const
const verdicts = ['success', 'failure', 'ignore'] as const

/** The circuit breakers of the peers, read when scraped: state, calls by verdict, refusals. */
export function addPeerMetrics(registry: Registry, peers: readonly PeerLink[]): void {
  const state = new Gauge({
    name: 'circuit_breaker_state',
    help: '1 for the state that the breaker is in, 0 for the others.',
    labelNames: ['peer', 'state'],
    registers: [],
    collect() {
      for (const peer of peers) {
        const now = peer.metrics().state
        for (const one of states) this.set({ peer: peer.name, state: one }, one === now ? 1 : 0)
      }
    },
  })
  const calls = new Counter({
    name: 'circuit_breaker_calls_total',
    help: 'Finished calls by verdict, and those that the breaker refused.',
    labelNames: ['peer', 'verdict'],
    registers: [],
    collect() {
      // The breaker keeps the sums: they are taken over, and not added up again.
      this.reset()
      for (const peer of peers) {
        const { calls: finished, refusals } = peer.metrics()
        for (const verdict of verdicts) this.inc({ peer: peer.name, verdict }, finished[verdict])
        this.inc({ peer: peer.name, verdict: 'refused' }, refusals)
      }
    },
  })
  registry.registerMetric(state)
  registry.registerMetric(calls)
}
