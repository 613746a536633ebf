// A network in which the app reaches storage and keys while nobody else does.
param name string
param location string
param tags object
param storageName string
param vaultName string

resource storage 'Microsoft.Storage/storageAccounts@2025-01-01' existing = { name: storageName }
resource vault 'Microsoft.KeyVault/vaults@2026-02-01' existing = { name: vaultName }

var services = {
  blob: { id: storage.id, zone: 'privatelink.blob.${environment().suffixes.storage}' }
  queue: { id: storage.id, zone: 'privatelink.queue.${environment().suffixes.storage}' }
  table: { id: storage.id, zone: 'privatelink.table.${environment().suffixes.storage}' }
  vault: { id: vault.id, zone: 'privatelink.vaultcore.azure.net' }
}

resource network 'Microsoft.Network/virtualNetworks@2025-05-01' = {
  name: 'vnet-${name}'
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: ['10.0.0.0/16'] }
    subnets: [
      {
        name: 'app'
        properties: {
          addressPrefix: '10.0.0.0/24'
          delegations: [{ name: 'app', properties: { serviceName: 'Microsoft.App/environments' } }]
        }
      }
      {
        name: 'endpoints'
        properties: { addressPrefix: '10.0.1.0/24', privateEndpointNetworkPolicies: 'Disabled' }
      }
    ]
  }

  resource app 'subnets' existing = { name: 'app' }
  resource endpoints 'subnets' existing = { name: 'endpoints' }
}

resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' = [for service in items(services): {
  name: service.value.zone
  location: 'global'
  tags: tags
}]

resource link 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [for (service, i) in items(services): {
  parent: zone[i]
  name: network.name
  location: 'global'
  properties: {
    registrationEnabled: false
    virtualNetwork: { id: network.id }
  }
}]

resource endpoint 'Microsoft.Network/privateEndpoints@2025-05-01' = [for service in items(services): {
  name: 'pe-${name}-${service.key}'
  location: location
  tags: tags
  properties: {
    subnet: { id: network::endpoints.id }
    privateLinkServiceConnections: [
      { name: service.key, properties: { privateLinkServiceId: service.value.id, groupIds: [service.key] } }
    ]
  }
}]

resource record 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2025-05-01' = [for (service, i) in items(services): {
  parent: endpoint[i]
  name: 'default'
  properties: {
    privateDnsZoneConfigs: [{ name: service.key, properties: { privateDnsZoneId: zone[i].id } }]
  }
}]

output appSubnetId string = network::app.id
