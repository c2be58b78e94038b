import { networkOf } from '@encargo/service-kit/values/network-of'

/** The network that guesses from an address are counted for; one for all that came by no connection. */
export function redDeIntentos(direccion: string | undefined): string {
  return networkOf(direccion ?? '')
}
