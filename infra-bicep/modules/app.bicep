// The Functions app on Flex Consumption.
param name string
param location string
param tags object
param identityId string
param identityClientId string
param storageName string
param packageContainer string
param insightsConnectionString string
param vaultName string
@description('Providers whose keys are in the vault.')
param keyedProviders string[]
param yandexFolder string
param speechEndpoint string
param speechId string
param subnetId string
param instanceMemory int
param maximumInstances int
param requestsPerInstance int
param resultDays int

// Where the host mounts the package, read-only.
var package = '/home/site/wwwroot'

var settings = union(
  {
    AzureWebJobsStorage__accountName: storageName
    AzureWebJobsStorage__credential: 'managedidentity'
    AzureWebJobsStorage__clientId: identityClientId
    APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnectionString
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
    // Flex Consumption does not poll containers: Event Grid says what was dropped.
    AzureWebJobs_DropFolderScan_Disabled: 'true'
    Jobs__ResultRetention: '${resultDays}.00:00:00'
    Audio__FfmpegPath: '${package}/tools/ffmpeg/ffmpeg'
    Offline__ModelsPath: '${package}/tools/models'
    Offline__CachePath: '/tmp/voicefunctions-flite'
  },
  // Only to keys that are there: a reference to nothing would be taken for the key itself.
  toObject(keyedProviders, provider => '${provider}__ApiKey', provider => '@Microsoft.KeyVault(VaultName=${vaultName};SecretName=${provider}-ApiKey)'),
  empty(yandexFolder) ? {} : { Yandex__FolderId: yandexFolder },
  empty(speechEndpoint)
    ? {}
    : {
        AzureSpeech__UseManagedIdentity: 'true'
        AzureSpeech__ManagedIdentityClientId: identityClientId
        AzureSpeech__Endpoint: speechEndpoint
        AzureSpeech__ResourceId: speechId
      }
)

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: 'plan-${name}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'voice' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    functionAppConfig: {
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageContainer
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemory
        maximumInstanceCount: maximumInstances
        triggers: { http: { perInstanceConcurrency: requestsPerInstance } }
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      appSettings: [for setting in items(settings): { name: setting.key, value: setting.value }]
    }
  }

  // Deployment goes by Microsoft Entra ID; user name and password are for nobody.
  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }

  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }
}

output name string = app.name
output url string = 'https://${app.properties.defaultHostName}'
