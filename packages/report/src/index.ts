export type {
  ReportAdvice,
  ReportBaseline,
  ReportCorrectedScore,
  ReportData,
  ReportEpoch,
  ReportEvaluation,
  ReportForecast,
  ReportGate,
  ReportImportance,
  ReportTrial,
} from './data/report-data.ts'
export type { ReportExtras } from './data/report-of.ts'
export { reportOf } from './data/report-of.ts'
export { echartsScript } from './echarts-script.ts'
export type { ReportOptions } from './render-report.ts'
export { renderReport } from './render-report.ts'
