import type { Company } from './company.js';

/** The administrator gives themself the right to edit fields of the account that only we may write by default. */
export async function letAdminEdit(company: Company, fields: readonly string[]): Promise<void> {
  const create = async (object: string, values: unknown): Promise<string> => {
    const { id } = (await company.asAdmin('POST', `/sobjects/${object}`, values)) as { readonly id: string };
    return id;
  };
  const set = await create('PermissionSet', { Name: 'Our_Admins', Label: 'Our Admins' });
  for (const field of fields)
    await create('FieldPermissions', {
      ParentId: set,
      SobjectType: 'Account',
      Field: `Account.${field}`,
      PermissionsRead: true,
      PermissionsEdit: true,
    });
  const query = encodeURIComponent(
    `SELECT Id FROM User WHERE Username = '${company.sandbox.salesforce.adminUsername}'`,
  );
  const { records } = (await company.asAdmin('GET', `/query?q=${query}`)) as {
    readonly records: readonly { readonly Id: string }[];
  };
  await create('PermissionSetAssignment', { PermissionSetId: set, AssigneeId: records[0]?.Id });
}
