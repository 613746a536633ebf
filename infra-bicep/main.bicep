// One voice gateway on Flex Consumption with what it needs. Plain resources instead of Azure Verified Modules: a module comes from a registry at build
// time, and this template is to compile and be checked wherever the repository is, without a network. docs/deploy.md says what stands where.
targetScope = 'subscription'

@description('Name of the environment; azd asks for it. It becomes part of every name.')
@minLength(1)
@maxLength(32)
param environmentName string

@description('Region of every resource. It must have Flex Consumption.')
param location string

@description('The people, apps or groups who may manage API keys from their own machine: the object id of a principal, empty for none.')
param keyAdministratorId string = ''

@description('Kind of that principal.')
@allowed(['User', 'Group', 'ServicePrincipal'])
param keyAdministratorType string = 'User'

@description('An Azure AI Speech account beside the app, which it reaches by its identity.')
param withSpeech bool = true

@description('Storage and keys behind private endpoints, out of reach of the internet. The app itself stays public.')
param withPrivateNetwork bool = false

@description('Where alerts are mailed; empty for alerts that only show in the portal.')
param alertEmail string = ''

@description('What providers may cost in a day before an alert, in US dollars.')
@minValue(1)
param dailySpendAlert int = 20

@description('Memory of an instance in MB. Offline recognition takes 300 MB of it.')
@allowed([512, 2048, 4096])
param instanceMemory int = 2048

@description('The most instances there may be at a time.')
@minValue(1)
@maxValue(1000)
param maximumInstances int = 40

@description('Requests that an instance serves at a time before another is started.')
@minValue(1)
@maxValue(1000)
param requestsPerInstance int = 16

@description('Days that the results of jobs can be fetched.')
@minValue(1)
param resultDays int = 7

@secure()
@description('Key of OpenAI; empty for not using it.')
param openAIKey string = ''

@secure()
@description('Key of Google Cloud; empty for not using it.')
param googleKey string = ''

@secure()
@description('Key of Yandex SpeechKit; empty for not using it.')
param yandexKey string = ''

@description('Folder of Yandex Cloud that the key belongs to.')
param yandexFolder string = ''

var suffix = uniqueString(subscription().id, environmentName, location)
var tags = { 'azd-env-name': environmentName }

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: {
    name: 'id-voice-${suffix}'
    location: location
    tags: tags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    name: 'voice-${suffix}'
    location: location
    tags: tags
    principalId: identity.outputs.principalId
  }
}

module storage 'modules/storage.bicep' = {
  scope: group
  params: {
    name: 'stvoice${suffix}'
    location: location
    tags: tags
    principalId: identity.outputs.principalId
    keyAdministratorId: keyAdministratorId
    keyAdministratorType: keyAdministratorType
    isPrivate: withPrivateNetwork
    resultDays: resultDays
  }
}

module vault 'modules/vault.bicep' = {
  scope: group
  params: {
    name: 'kv-${suffix}'
    location: location
    tags: tags
    principalId: identity.outputs.principalId
    isPrivate: withPrivateNetwork
    openAIKey: openAIKey
    googleKey: googleKey
    yandexKey: yandexKey
  }
}

module speech 'modules/speech.bicep' = if (withSpeech) {
  scope: group
  params: {
    name: 'speech-${suffix}'
    location: location
    tags: tags
    principalId: identity.outputs.principalId
  }
}

module network 'modules/network.bicep' = if (withPrivateNetwork) {
  scope: group
  params: {
    name: 'voice-${suffix}'
    location: location
    tags: tags
    storageName: storage.outputs.name
    vaultName: vault.outputs.name
  }
}

module app 'modules/app.bicep' = {
  scope: group
  params: {
    name: 'func-voice-${suffix}'
    location: location
    tags: tags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageName: storage.outputs.name
    packageContainer: storage.outputs.packageContainer
    insightsConnectionString: monitoring.outputs.connectionString
    vaultName: vault.outputs.name
    keyedProviders: concat(empty(openAIKey) ? [] : ['OpenAI'], empty(googleKey) ? [] : ['Google'], empty(yandexKey) ? [] : ['Yandex'])
    yandexFolder: yandexFolder
    speechEndpoint: withSpeech ? speech!.outputs.endpoint : ''
    speechId: withSpeech ? speech!.outputs.id : ''
    subnetId: withPrivateNetwork ? network!.outputs.appSubnetId : ''
    instanceMemory: instanceMemory
    maximumInstances: maximumInstances
    requestsPerInstance: requestsPerInstance
    resultDays: resultDays
  }
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: {
    name: 'voice-${suffix}'
    location: location
    tags: tags
    insightsId: monitoring.outputs.insightsId
    email: alertEmail
    dailySpend: dailySpendAlert
  }
}

module workbook 'modules/workbook.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    insightsId: monitoring.outputs.insightsId
  }
}

@description('What `azd deploy` and the hooks need to know.')
output AZURE_RESOURCE_GROUP string = group.name
output FUNCTION_APP_NAME string = app.outputs.name
output FUNCTION_APP_URL string = app.outputs.url
output STORAGE_ACCOUNT_NAME string = storage.outputs.name
output STORAGE_ACCOUNT_ID string = storage.outputs.id
