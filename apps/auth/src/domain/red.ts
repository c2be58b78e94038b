import { networkOf } from '@encargo/service-kit/values/network-of'

/** The network that guesses from an address are counted for; one for all that came by no connection. */
export function redDeIntentos(direccion: string | undefined): string {
  return networkOf(direccion ?? '')
}

/**
 * The network that the log names: /24 of IPv4, /48 of IPv6. Enough to see where an attack comes
 * from, too little to tell a person, so it may stay when the person is erased.
 */
export function redDe(direccion: string | undefined): string | undefined {
  if (direccion === undefined) return undefined
  const [red] = /^\d+\.\d+\.\d+\.(?=\d+$)/.exec(direccion) ?? []
  if (red !== undefined) return `${red}0/24`
  const subnet = networkOf(direccion)
  return subnet === direccion ? undefined : `${subnet.split(':').slice(0, 3).join(':')}::/48`
}
