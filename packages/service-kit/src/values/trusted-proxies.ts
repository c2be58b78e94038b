import { BlockList, isIP } from 'node:net'

/** Whether `X-Forwarded-For` is believed of a connection from that address. */
export type TrustedProxies = (address: string) => boolean

/** Names for the networks that are nobody's on the internet. */
const named = {
  // RFC 1122, 3.2.1.3 and RFC 4291, 2.5.3.
  loopback: ['127.0.0.0/8', '::1/128'],
  // RFC 1918, 3 and RFC 4193, 3.1.
  private: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
} as const

function isName(part: string): part is keyof typeof named {
  return Object.hasOwn(named, part)
}

interface Network {
  readonly address: string
  readonly family: 'ipv4' | 'ipv6'
  readonly bits: number
}

/** `10.0.0.0/8`, or one address alone (RFC 4632, 3.1); undefined for anything else. */
function networkIn(part: string): Network | undefined {
  const [, address = '', length] = /^([0-9a-fA-F.:]+)(?:\/([0-9]{1,3}))?$/.exec(part) ?? []
  const version = isIP(address)
  if (version === 0) return undefined
  const all = version === 4 ? 32 : 128
  const bits = Number(length ?? all)
  return bits <= all ? { address, family: version === 4 ? 'ipv4' : 'ipv6', bits } : undefined
}

const partsOf = (text: string) => text.split(',').map((part) => part.trim())
const fits = (part: string) =>
  part === 'on' || part === 'off' || isName(part) || networkIn(part) !== undefined

/** Whether `trustedProxies` understands all of it. */
export const isTrustedProxies = (text: string) => partsOf(text).every(fits)

/**
 * Whom `TRUST_PROXY` trusts: `on` everybody, `off` nobody, or a comma-separated list of `loopback`,
 * `private`, addresses and networks. In a list, `off` adds nobody.
 */
export function trustedProxies(text: string): TrustedProxies {
  const parts = partsOf(text)
  if (parts.includes('on')) return () => true
  const list = new BlockList()
  for (const part of parts.flatMap((one) => (isName(one) ? named[one] : [one]))) {
    const network = networkIn(part)
    if (network) list.addSubnet(network.address, network.bits, network.family)
  }
  return (address) => list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}
