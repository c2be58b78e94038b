import { isIPv6 } from 'node:net'

/** The groups that name a subnet: nobody is given less than a /64, and within it anyone has them all. */
const subnetGroups = 4

const groups = (text: string) => text.split(':').filter((group) => group !== '')

/**
 * What stands for a caller who is known by address alone: an IPv4 address itself, and of an IPv6
 * address its /64 (RFC 4291, 2.5.4), as one host can take any address in it.
 */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? []
  const left = groups(head)
  const right = tail === undefined ? [] : groups(tail)
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0')
  const whole = tail === undefined ? left : [...left, ...zeros, ...right]
  return `${whole
    .slice(0, subnetGroups)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}
