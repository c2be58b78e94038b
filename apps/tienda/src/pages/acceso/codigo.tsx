import { useState } from 'react'
import { Campo } from '../../formularios/campos.tsx'
import { useTextos } from '../../textos/idioma.ts'

/** The mail's link carries the token behind `#`, which no server gets to see. */
const tokenDelEnlace = () => new URLSearchParams(location.hash.slice(1)).get('token') ?? ''

/** What came by mail: filled in by its link, or typed. */
export function CampoCodigo() {
  const t = useTextos()
  const [token] = useState(tokenDelEnlace)
  return (
    <Campo
      label={t.restablecer.codigo}
      name="token"
      autoComplete="one-time-code"
      defaultValue={token}
      required
      maxLength={512}
    />
  )
}
