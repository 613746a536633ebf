// The app's one storage account: uploads, jobs and their results, the cache, usage, keys, and what the Functions host keeps. Reached by identities only.
param name string
param location string
param tags object
param principalId string
param keyAdministratorId string
param keyAdministratorType string
param isPrivate bool
param resultDays int

var packageContainer = 'app-package'

// Made here so that the app needs no time for it at its first start, and Event Grid has something to subscribe to.
var containers = ['inbox', 'jobs', 'poison', 'results', 'speechcache', 'uploads', packageContainer]

// What the host and the app do with each service: leases and keys of the host need Owner of blobs, which also gives out the SAS of an upload.
var appRoles = {
  blobOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  queueContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  tableContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
}

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    allowCrossTenantReplication: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    networkAcls: {
      bypass: 'None'
      defaultAction: isPrivate ? 'Deny' : 'Allow'
    }
  }

  resource blobs 'blobServices' = {
    name: 'default'

    resource container 'containers' = [for container in containers: {
      name: container
      properties: { publicAccess: 'None' }
    }]
  }

  // The app deletes all of this itself, sooner. What a defect or a crash left over goes by these rules.
  resource lifecycle 'managementPolicies' = {
    name: 'default'
    properties: {
      policy: {
        rules: [
          {
            name: 'leftovers'
            type: 'Lifecycle'
            definition: {
              filters: { blobTypes: ['blockBlob'], prefixMatch: ['inbox/', 'jobs/'] }
              actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: 14 } } }
            }
          }
          {
            name: 'results'
            type: 'Lifecycle'
            definition: {
              filters: { blobTypes: ['blockBlob'], prefixMatch: ['results/', 'poison/'] }
              actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: resultDays + 14 } } }
            }
          }
        ]
      }
    }
  }
}

resource appRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for role in items(appRoles): {
  scope: account
  name: guid(account.id, principalId, role.value)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.value)
  }
}]

// `./voice keys` writes to a table.
resource administratorRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(keyAdministratorId)) {
  scope: account
  name: guid(account.id, keyAdministratorId, appRoles.tableContributor)
  properties: {
    principalId: keyAdministratorId
    principalType: keyAdministratorType
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', appRoles.tableContributor)
  }
}

output id string = account.id
output name string = account.name
output packageContainer string = '${account.properties.primaryEndpoints.blob}${packageContainer}'
