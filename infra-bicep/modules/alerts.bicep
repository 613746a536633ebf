// Five alerts, each on what the app itself counts. The names in the queries are those of Telemetry/ in the code; a test compares them.
param name string
param location string
param tags object
param insightsId string
param email string
param dailySpend int

var failures = '"internal_error", "providers_unavailable", "storage_unavailable", "deadline_exceeded", "overloaded"'

var rules = {
  errors: {
    title: 'Calls fail'
    description: 'More than one in twenty calls of the last quarter of an hour ended with an error that is not its caller\'s.'
    severity: 1
    every: 'PT5M'
    over: 'PT15M'
    query: '''
customMetrics
| where name == "voice.call.requests"
| extend outcome = tostring(customDimensions["voice.outcome"])
| summarize calls = sum(valueSum), failed = sumif(valueSum, outcome in ({0}))
| where calls >= 10 and failed > calls / 20'''
  }
  latency: {
    title: 'Calls are slow'
    description: 'One in twenty of the calls that no cache served took longer than 20 seconds in the last half hour.'
    severity: 2
    every: 'PT10M'
    over: 'PT30M'
    query: '''
dependencies
| where name in ("voice.synthesis", "voice.transcription") and tostring(customDimensions["voice.cache.outcome"]) != "hit"
| summarize calls = sum(itemCount), slowest = percentile(duration, 95)
| where calls >= 20 and slowest > 20000'''
  }
  providers: {
    title: 'A provider fails'
    description: 'Half of the attempts at a provider failed in the last quarter of an hour. Calls may still be served by another, at its price.'
    severity: 2
    every: 'PT5M'
    over: 'PT15M'
    query: '''
customMetrics
| where name == "voice.attempt.duration"
| extend provider = tostring(customDimensions["voice.provider"]), outcome = tostring(customDimensions["voice.outcome"])
| where outcome != "cancelled"
| summarize attempts = sum(valueCount), failed = sumif(valueCount, outcome != "ok") by provider
| where attempts >= 10 and failed >= attempts / 2.0'''
  }
  jobs: {
    title: 'Jobs fail'
    description: 'More than one in ten of the jobs that ended in the last hour failed.'
    severity: 2
    every: 'PT15M'
    over: 'PT1H'
    query: '''
customMetrics
| where name == "voice.job.ended"
| extend status = tostring(customDimensions["voice.job.status"])
| summarize jobs = sum(valueSum), failed = sumif(valueSum, status == "failed")
| where failed >= 3 and failed > jobs / 10'''
  }
  spend: {
    title: 'Providers cost more than planned'
    description: 'The providers\' price of a day, where it is known, is above what was planned. API keys can have budgets that refuse instead.'
    severity: 2
    every: 'PT1H'
    over: 'P1D'
    query: '''
customMetrics
| where name == "voice.call.cost"
| summarize cost = sum(valueSum)
| where cost > {1}'''
  }
}

resource recipients 'Microsoft.Insights/actionGroups@2024-10-01-preview' = if (!empty(email)) {
  name: 'ag-${name}'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'voice'
    emailReceivers: [{ name: 'operators', emailAddress: email, useCommonAlertSchema: true }]
  }
}

resource alert 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for rule in items(rules): {
  name: 'alert-${name}-${rule.key}'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: rule.value.title
    description: rule.value.description
    severity: rule.value.severity
    enabled: true
    scopes: [insightsId]
    evaluationFrequency: rule.value.every
    windowSize: rule.value.over
    autoMitigate: true
    criteria: {
      allOf: [
        {
          query: replace(replace(rule.value.query, '{0}', failures), '{1}', string(dailySpend))
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 0
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    actions: { actionGroups: empty(email) ? [] : [recipients.id] }
  }
}]
