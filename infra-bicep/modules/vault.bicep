// The providers' keys. The app reads them through references in its settings and can list or change none.
param name string
param location string
param tags object
param principalId string
param isPrivate bool
@secure()
param openAIKey string
@secure()
param googleKey string
@secure()
param yandexKey string

var secretsUser = '4633458b-17de-408a-b874-0445c86b69e6'

resource vault 'Microsoft.KeyVault/vaults@2026-02-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: subscription().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enablePurgeProtection: true
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: isPrivate ? 'Deny' : 'Allow'
    }
  }

  // A loop over secure values would put them into the names of its items, so there is one resource for each key.
  resource openAI 'secrets' = if (!empty(openAIKey)) {
    name: 'OpenAI-ApiKey'
    properties: { value: openAIKey }
  }

  resource google 'secrets' = if (!empty(googleKey)) {
    name: 'Google-ApiKey'
    properties: { value: googleKey }
  }

  resource yandex 'secrets' = if (!empty(yandexKey)) {
    name: 'Yandex-ApiKey'
    properties: { value: yandexKey }
  }
}

resource role 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault
  name: guid(vault.id, principalId, secretsUser)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsUser)
  }
}

output name string = vault.name
