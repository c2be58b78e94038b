import { Notice } from '../ui/badge.tsx'

/** Always in the page, so that what appears in it is read out. */
export function ErrorGeneral({ texto }: { readonly texto: string | undefined }) {
  return (
    <div aria-live="assertive" className="empty:-mb-4">
      {texto !== undefined && <Notice tone="bad">{texto}</Notice>}
    </div>
  )
}
