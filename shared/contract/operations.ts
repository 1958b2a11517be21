import { getAccount } from './account.ts';
import { createAccount, disableAccount, enableAccount, listAccounts, resetAccount } from './accounts.ts';
import { createAttachment, deleteAttachment, getAttachment, renewAttachmentUpload } from './attachments.ts';
import {
  createAnnexUpload,
  getAnnex,
  getCall,
  getCallVersion,
  getForm,
  listCalls,
  publishCall,
  saveCall,
  unpublishCall,
} from './calls.ts';
import { checkReceipt } from './check-receipt.ts';
import { getEligibility } from './eligibility.ts';
import { createExport, getExport } from './exports.ts';
import { closeCall, extendCall, listExtensions, listLateAttempts } from './extensions.ts';
import { getCallHistory, getSubmissionHistory } from './history.ts';
import type { Operation } from './operation.ts';
import {
  getOrganization,
  importOrganizations,
  listMembers,
  listOrganizations,
  removeMember,
  saveMember,
  saveOrganization,
} from './organizations.ts';
import { getProgress } from './progress.ts';
import { getRetention } from './retention.ts';
import { getSeal, getSealRoster, listSeals } from './seals.ts';
import { getSubmissionReceipt } from './signed-receipt.ts';
import { listSigningKeys } from './signing-keys.ts';
import {
  consentToSubmission,
  createSubmission,
  deleteSubmission,
  getSubmission,
  listCallSubmissions,
  listSubmissions,
  saveAnswers,
  savePartners,
  takeBackConsent,
  validateSubmission,
  withdrawSubmission,
} from './submissions.ts';
import { submitSubmission } from './submit.ts';
import { getTimeline } from './timeline.ts';
import { deleteWebhook, listWebhooks, renewWebhookSecret, saveWebhook, testWebhook } from './webhooks.ts';

/** Every operation by its id, under the resource whose folder in `functions/` holds it. Routes, functions, grants, events and OpenAPI follow from this table. */
export const OPERATIONS = {
  calls: {
    listCalls,
    getCall,
    getCallVersion,
    getForm,
    getEligibility,
    getProgress,
    getTimeline,
    saveCall,
    publishCall,
    unpublishCall,
    createAnnexUpload,
    getAnnex,
    getCallHistory,
    getRetention,
    extendCall,
    listExtensions,
    closeCall,
    listLateAttempts,
  },
  submissions: {
    createSubmission,
    listSubmissions,
    getSubmission,
    deleteSubmission,
    saveAnswers,
    savePartners,
    consentToSubmission,
    takeBackConsent,
    validateSubmission,
    submitSubmission,
    withdrawSubmission,
    getSubmissionReceipt,
    getSubmissionHistory,
    listCallSubmissions,
  },
  attachments: { createAttachment, renewAttachmentUpload, getAttachment, deleteAttachment },
  seals: { listSeals, getSeal, getSealRoster },
  receipts: { checkReceipt, listSigningKeys },
  exports: { createExport, getExport },
  account: { getAccount },
  organizations: {
    listOrganizations,
    importOrganizations,
    getOrganization,
    saveOrganization,
    listMembers,
    saveMember,
    removeMember,
    createAccount,
    listAccounts,
    resetAccount,
    disableAccount,
    enableAccount,
  },
  webhooks: { listWebhooks, saveWebhook, deleteWebhook, testWebhook, renewWebhookSecret },
} as const satisfies Record<string, Record<string, Operation>>;

export type Resource = keyof typeof OPERATIONS;
export type OperationId = { [R in Resource]: keyof (typeof OPERATIONS)[R] }[Resource];
