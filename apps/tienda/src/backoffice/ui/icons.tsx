import { icon } from '../../ui/icons.tsx'

export const ChartIcon = icon('M4 20h16M7 16v-4m5 4V6m5 10V9')
export const TagIcon = icon(
  'M4 5v6.6a2 2 0 0 0 .6 1.4l6.4 6.4a2 2 0 0 0 2.8 0l5.6-5.6a2 2 0 0 0 0-2.8L13 4.6a2 2 0 0 0-1.4-.6H5a1 1 0 0 0-1 1zM8.5 8.5h.01',
)
export const ShelfIcon = icon('M4 4v16M20 4v16M4 10h16M4 17h16M8 10V6h4v4m2 7v-4h3v4')
export const PeopleIcon = icon(
  'M6 8.5a3 3 0 1 0 6 0a3 3 0 1 0-6 0M3.5 19c.5-3.2 2.7-4.8 5.5-4.8s5 1.6 5.5 4.8M15.5 5.8a3 3 0 0 1 0 5.4m2 3.4c1.6.6 2.7 2.1 3 4.4',
)
export const PercentIcon = icon(
  'M18 6 6 18M6 8a2 2 0 1 0 4 0a2 2 0 1 0-4 0m8 8a2 2 0 1 0 4 0a2 2 0 1 0-4 0',
)
export const LogIcon = icon('M6 4h9l4 4v12H6zM9.5 11h6m-6 4h6')
export const ShopIcon = icon(
  'M4 9.5 5.5 4h13L20 9.5M4 9.5a2.7 2.7 0 0 0 5.3 0 2.7 2.7 0 0 0 5.4 0 2.7 2.7 0 0 0 5.3 0M5.5 12v8h13v-8M10 20v-5h4v5',
)
export const UpIcon = icon('M12 19V5m-6 6 6-6 6 6')
export const DownIcon = icon('M12 5v14m-6-6 6 6 6-6')
export const TruckIcon = icon(
  'M3 6h11v10H3zM14 9.5h3.6L21 13v3h-7M5.2 17.5a1.8 1.8 0 1 0 3.6 0a1.8 1.8 0 1 0-3.6 0M15.2 17.5a1.8 1.8 0 1 0 3.6 0a1.8 1.8 0 1 0-3.6 0',
)
export const CouponIcon = icon(
  'M4 7h16v3.2a1.8 1.8 0 0 0 0 3.6V17H4v-3.2a1.8 1.8 0 0 0 0-3.6zM14 7v2m0 2v2m0 2v2',
)
export const MailIcon = icon('M4 6h16v12H4zM4 7l8 6 8-6')
export const MoneyIcon = icon(
  'M3.5 7h17v10h-17zM9.5 12a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0M6.5 10v.01M17.5 14v.01',
)
export const CardIcon = icon('M3.5 6.5h17v11h-17zM3.5 10.5h17M7 14.5h3')
