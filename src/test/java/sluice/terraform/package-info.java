/** The Terraform module held against the code that it deploys, and run where Terraform is there. */
package sluice.terraform;
