// One page that says how the gateway does: calls, latency, providers, cache, jobs, money.
param location string
param tags object
param insightsId string

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(insightsId, 'voice')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'Voice gateway'
    category: 'workbook'
    sourceId: insightsId
    serializedData: string(loadJsonContent('workbook.json'))
  }
}
