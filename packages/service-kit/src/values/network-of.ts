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

/**
 * The network that an audit log names: /24 of IPv4, /48 of IPv6. Enough to see where an attack comes
 * from, too little to tell a person, so it may stay when the person is erased.
 */
export function originOf(address: string | undefined): string | undefined {
  if (address === undefined) return undefined
  const [network] = /^\d+\.\d+\.\d+\.(?=\d+$)/.exec(address) ?? []
  if (network !== undefined) return `${network}0/24`
  const subnet = networkOf(address)
  return subnet === address ? undefined : `${subnet.split(':').slice(0, 3).join(':')}::/48`
}
