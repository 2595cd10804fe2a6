locals {
  # Beside the keys, which table.json has: that file is a CreateTable request, and TTL is a call of its own.
  ttl_attribute = "ttl"
}

resource "aws_dynamodb_table" "state" {
  name                        = "${local.name}-state"
  billing_mode                = local.table.BillingMode
  hash_key                    = one([for k in local.table.KeySchema : k.AttributeName if k.KeyType == "HASH"])
  range_key                   = one([for k in local.table.KeySchema : k.AttributeName if k.KeyType == "RANGE"])
  deletion_protection_enabled = var.table_deletion_protection
  tags                        = var.tags

  dynamic "attribute" {
    for_each = local.table.AttributeDefinitions

    content {
      name = attribute.value.AttributeName
      type = attribute.value.AttributeType
    }
  }

  dynamic "global_secondary_index" {
    for_each = local.table.GlobalSecondaryIndexes

    content {
      name               = global_secondary_index.value.IndexName
      hash_key           = one([for k in global_secondary_index.value.KeySchema : k.AttributeName if k.KeyType == "HASH"])
      range_key          = one([for k in global_secondary_index.value.KeySchema : k.AttributeName if k.KeyType == "RANGE"])
      projection_type    = global_secondary_index.value.Projection.ProjectionType
      non_key_attributes = try(global_secondary_index.value.Projection.NonKeyAttributes, null)
    }
  }

  ttl {
    attribute_name = local.ttl_attribute
    enabled        = true
  }

  point_in_time_recovery {
    enabled = var.table_point_in_time_recovery
  }

  server_side_encryption {
    enabled     = var.table_kms_key_arn != null
    kms_key_arn = var.table_kms_key_arn
  }
}
